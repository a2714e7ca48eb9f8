% Decompositions of two matrices at once, and Schur forms in another order: what defines them holds.
function holds (what, varargin)
  errors = cellfun (@(e) norm (e, "fro"), varargin);
  printf ("%-10s %s\n", what, {"no", "yes"}{1 + all (errors < 1e-10)});
end
A = [4 -2 1 3; 1 1 0 -2; -3 2 5 1; 2 2 -1 -4];
B = [2 1 0 1; 0 3 1 -1; 1 0 -2 2; 1 1 1 1];
for z = {0, 1i * magic(4)}
  a = A + z{1};
  b = B - z{1}';
  [AA, BB, Q, Z] = qz (a, b);
  holds ("qz", Q * a * Z - AA, Q * b * Z - BB, Q * Q' - eye (4), Z * Z' - eye (4), tril (AA, -2), tril (BB, -1));
  for key = {"lhp", "rhp", "udi", "udo"}
    [AR, BR, QR, ZR] = ordqz (AA, BB, Q, Z, key{1});
    holds (key{1}, QR * a * ZR - AR, QR * b * ZR - BR, QR * QR' - eye (4), tril (BR, -1));
    e = ordeig (AR, BR);
    switch key{1}
      case "lhp", first = real (e) < 0;
      case "rhp", first = real (e) > 0;
      case "udi", first = abs (e) < 1;
      case "udo", first = abs (e) > 1;
    end
    disp (issorted (first(end:-1:1)))
  end
  [U, S] = schur (a);
  [UR, SR] = ordschur (U, S, real (ordeig (S)) < 0);
  holds ("ordschur", UR * SR * UR' - a, UR * UR' - eye (4));
  disp (issorted (real (ordeig (SR)) >= 0))
  [U, S] = schur (a, "a");
  holds ("schur a", U * S * U' - a);
  disp (issorted (real (ordeig (S)) >= 0))
  [U, S] = schur (a / 5, "d");
  holds ("schur d", U * S * U' - a / 5);
  disp (issorted (abs (ordeig (S)) >= 1))
  for rows_of = {[4 4], [2 4], [4 1], [3 2]}
    [m, p] = num2cell (rows_of{1}){:};
    [u, v, x, c, s] = gsvd (a(1:m,:), b(1:p,:));
    k = columns (c);
    holds ("gsvd", u * c * x' - a(1:m,:), v * s * x' - b(1:p,:), c' * c + s' * s - eye (k), ...
           u' * u - eye (m), v' * v - eye (p));
    [u, v, x, c, s] = gsvd (a(1:m,:), b(1:p,:), 0);
    holds ("economy", u * c * x' - a(1:m,:), v * s * x' - b(1:p,:));
  end
end
[aa, bb, q, z] = qzhess (A, B);
holds ("qzhess", q * A * z - aa, q * B * z - bb, tril (aa, -2), tril (bb, -1));
disp (gsvd ([3 0; 0 4], [1 0; 0 2]))
