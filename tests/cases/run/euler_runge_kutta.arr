f = @(t, y) -2 * y + t;
exact = @(t) 1.25 * exp (-2 * t) + t / 2 - 0.25;
function y = euler (f, t, y0)
  y = y0 * ones (size (t));
  for k = 2:numel (t)
    y(k) = y(k-1) + (t(k) - t(k-1)) * f (t(k-1), y(k-1));
  end
end
function y = rk4 (f, t, y0)
  y = y0 * ones (size (t));
  for k = 2:numel (t)
    h = t(k) - t(k-1);
    k1 = f (t(k-1), y(k-1));
    k2 = f (t(k-1) + h / 2, y(k-1) + h / 2 * k1);
    k3 = f (t(k-1) + h / 2, y(k-1) + h / 2 * k2);
    k4 = f (t(k), y(k-1) + h * k3);
    y(k) = y(k-1) + h / 6 * (k1 + 2 * k2 + 2 * k3 + k4);
  end
end
t = 0:0.25:1;
table = [t; euler(f, t, 1); rk4(f, t, 1); exact(t)]'
max (abs (table(:, 3) - table(:, 4)))
t
