function f(x)
  for i = 1:3
    if x
      disp(i)
  end
end

function g(x)
  while x
    x--;
  endif
  do
    x++;
  end
end
