#!/usr/bin/env arr
%{
  a block
  #{
    within a block
  #}
%}
x = 1; % percent
# hash
y = [1 % inside
     2 # a matrix
     %{
     a block inside a matrix
     %}
     3];
%{ not a block
z = f(1, ... comment behind dots
      2); %{
w = f(1, # in parentheses
      2);
