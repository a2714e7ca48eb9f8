img = zeros (6); img(2:5, 2:5) = 8; img(3, 3) = 2;
blur = conv2 (img, ones (3) / 9, "same");
printf ("%5.2f %5.2f %5.2f %5.2f %5.2f %5.2f\n", blur');
edges = conv2 (img, [-1 0 1; -2 0 2; -1 0 1], "valid")
threshold = img > 4;
disp (threshold)
sum (threshold), sum (threshold, 2)'
rotated = rot90 (img(1:3, 1:3))
flipped = flipud (img(2:4, 2:4))
small = img(1:2:end, 1:2:end)
padded = padarray_like = [zeros(1, 4); zeros(2, 1), ones(2), zeros(2, 1); zeros(1, 4)]
med = median (reshape (img(2:4, 2:4), 1, []))
hist_levels = accumarray (img(:) + 1, 1)'
[gx, gy] = gradient (img(1:3, 1:3))
pool = cellfun (@(b) max (b(:)), mat2cell (img, [2 2 2], [3 3]))
