1;
% Belongs to f: the line before it.
function f
  disp hello
end

function r = g(x, varargin)
  % Doubles its argument.
  %
  % Second paragraph.
  r = 2 * x;
endfunction

% Not the help of h: a line stands between.

function [a, b] = h(~, y = 3) a = y; b = 1; end
function [] = nothing () end
function varargout = many(varargin), varargout = varargin; end
q = @(x, y) x + @() y;
