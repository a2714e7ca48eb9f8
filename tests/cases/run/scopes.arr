1;
function r = counter ()
  persistent n = 0;
  n++;
  r = n;
end
function set_g (v)
  global G
  G = v;
end
function varargout = spread (varargin)
  printf ("in %d out %d\n", nargin, nargout);
  for k = 1:nargout
    varargout{k} = varargin{k} * 2;
  end
end
function r = with_default (a, b)
  if nargin < 2
    b = 10;
  end
  r = a + b;
end
function [a, b, c] = three ()
  a = 1; b = 2;
  if isargout (3)
    c = 3;
  end
  printf ("%d", isargout (1), isargout (2), isargout (3)); printf ("\n");
end
counter (); counter ();
counter ()
global G
G = 1;
set_g (42);
G
[p, q] = spread (1, 2, 3)
spread ();
with_default (1)
with_default (1, 2)
[~, y] = three ();
y
[x, ~, z] = three ()
