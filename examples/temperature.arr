% Temperatures in many files, joined along time: their mean, how far a moment is from it, and day against night. None of
% it needs all files in memory: each expression reads the layers it asks for. Then a picture.
% The files are made here: four moments a day, five days a file, 36 latitudes, 72 longitudes.
folder = tempname ();
mkdir (folder);
files = cell (1, 3);
cold = 28 * cosd (linspace (87.5, -87.5, 36)) - 10;
longitude = reshape (linspace (0, 355, 72), 1, 1, []);
for k = 1:numel (files)
  day = 5 * (k - 1) + (0:19)' / 4;
  sun = 6 * cosd (360 * day - 180 + longitude);
  files{k} = fullfile (folder, sprintf ("part%02d.zarr", k));
  save (files{k}, cold + sun .* (cold + 10) / 28 + day / 10, "chunk", [8 36 72]);
end

parts = cellfun (@load, files, "UniformOutput", false);
x = cat (1, parts{:});              % moments x latitudes x longitudes; nothing is read of files that are large
size (x)

average = squeeze (mean (x, 1));
anomaly = squeeze (x(50, :, :) - mean (x, 1));
difference = squeeze (mean (x(1:4:end, :, :), 1) - mean (x(3:4:end, :, :), 1));
printf ("mean %.3f, from %.3f to %.3f\n", mean (average(:)), min (average(:)), max (average(:)));
printf ("largest anomaly %.3f\n", max (abs (anomaly(:))));
printf ("largest difference between day and night %.3f\n", max (abs (difference(:))));

% White where day and night differ most, black where least.
picture = (difference - min (difference(:))) / range (difference(:));
file = fullfile (folder, "difference.png");
imwrite (picture, file);
printf ("a picture of %d x %d points\n", size (imread (file)));
