% subscripts, and what they select or complain about
clear
try
  x=[8 1 6;3 5 7;4 9 2]; x(5,1)
catch e
  disp (e.message)
end
clear
try
  x=[8 1 6;3 5 7;4 9 2]; x(1,5)
catch e
  disp (e.message)
end
clear
try
  x=[8 1 6;3 5 7;4 9 2]; x(10)
catch e
  disp (e.message)
end
clear
try
  x=[8 1 6;3 5 7;4 9 2]; x(0)
catch e
  disp (e.message)
end
clear
try
  x=[8 1 6;3 5 7;4 9 2]; x(1,0)
catch e
  disp (e.message)
end
clear
try
  x=[8 1 6;3 5 7;4 9 2]; x(-1)
catch e
  disp (e.message)
end
clear
try
  x=[8 1 6;3 5 7;4 9 2]; x(1.5)
catch e
  disp (e.message)
end
clear
try
  x=[8 1 6;3 5 7;4 9 2]; x(2,1.5)
catch e
  disp (e.message)
end
clear
try
  x=[8 1 6;3 5 7;4 9 2]; x(1,2,3)
catch e
  disp (e.message)
end
clear
try
  x=[8 1 6;3 5 7;4 9 2]; x(1,2,0)
catch e
  disp (e.message)
end
clear
try
  x=[8 1 6;3 5 7;4 9 2]; x({1})
catch e
  disp (e.message)
end
clear
try
  x=[8 1 6;3 5 7;4 9 2]; s.a=1; x(s)
catch e
  disp (e.message)
end
clear
try
  x=[8 1 6;3 5 7;4 9 2]; x(@sin)
catch e
  disp (e.message)
end
clear
try
  x=[8 1 6;3 5 7;4 9 2]; x(NaN)
catch e
  disp (e.message)
end
clear
try
  x=[8 1 6;3 5 7;4 9 2]; x(Inf)
catch e
  disp (e.message)
end
clear
try
  x=[8 1 6;3 5 7;4 9 2]; x(1e20)
catch e
  disp (e.message)
end
clear
try
  x=[8 1 6;3 5 7;4 9 2]; x(2i)
catch e
  disp (e.message)
end
clear
try
  x=[8 1 6;3 5 7;4 9 2]; x("a")
catch e
  disp (e.message)
end
clear
try
  x=[8 1 6;3 5 7;4 9 2]; x(logical([1 0 1 0 0 0 0 0 0 0 1]))
catch e
  disp (e.message)
end
clear
try
  x=[8 1 6;3 5 7;4 9 2]; x(true(4,1),1)
catch e
  disp (e.message)
end
clear
try
  x=[8 1 6;3 5 7;4 9 2]; x(int8(0))
catch e
  disp (e.message)
end
clear
try
  x=[8 1 6;3 5 7;4 9 2]; x(int8(12))
catch e
  disp (e.message)
end
clear
try
  x=[8 1 6;3 5 7;4 9 2]; x([1 0])
catch e
  disp (e.message)
end
clear
try
  x=[8 1 6;3 5 7;4 9 2]; x(-1:2)
catch e
  disp (e.message)
end
clear
try
  x=[8 1 6;3 5 7;4 9 2]; x(0:2)
catch e
  disp (e.message)
end
clear
try
  x=zeros(2,3,4); x(3,1,1)
catch e
  disp (e.message)
end
clear
try
  x=zeros(2,3,4); x(1,13)
catch e
  disp (e.message)
end
clear
try
  x=zeros(2,3,4); x(1,3,5)
catch e
  disp (e.message)
end
clear
try
  x=zeros(2,3,4); x(25)
catch e
  disp (e.message)
end
clear
try
  x=5; x(2)
catch e
  disp (e.message)
end
clear
try
  x=5; x(2,2)
catch e
  disp (e.message)
end
clear
try
  x=5; x(1,1,2)
catch e
  disp (e.message)
end
clear
try
  x=5; x(0)
catch e
  disp (e.message)
end
clear
try
  x=5; x(1.2)
catch e
  disp (e.message)
end
clear
try
  x=true; x(3)
catch e
  disp (e.message)
end
clear
try
  x=1:5; x(7)
catch e
  disp (e.message)
end
clear
try
  x=1:5; x(0)
catch e
  disp (e.message)
end
clear
try
  x=1:5; x(2,2)
catch e
  disp (e.message)
end
clear
try
  x={1,2}; x(3)
catch e
  disp (e.message)
end
clear
try
  x={1,2}; x{3}
catch e
  disp (e.message)
end
clear
try
  x={1,2}; x{0}
catch e
  disp (e.message)
end
clear
try
  x={1,2}; x{1.5}
catch e
  disp (e.message)
end
clear
try
  x={1,2}; x(2,2)
catch e
  disp (e.message)
end
clear
try
  x={1,2}; x{2,2}
catch e
  disp (e.message)
end
clear
try
  s=struct("a",{1,2}); s(3)
catch e
  disp (e.message)
end
clear
try
  s=struct("a",{1,2}); s(0)
catch e
  disp (e.message)
end
clear
try
  s=struct("a",{1,2}); s(3).a
catch e
  disp (e.message)
end
clear
try
  s=struct("a",{1,2}); s{1}
catch e
  disp (e.message)
end
clear
try
  x=5; x{1}
catch e
  disp (e.message)
end
clear
try
  x=[8 1 6;3 5 7;4 9 2]; x{1}
catch e
  disp (e.message)
end
clear
try
  x="abc"; x{1}
catch e
  disp (e.message)
end
clear
try
  x=@sin; x{1}
catch e
  disp (e.message)
end
clear
try
  x=true; x{1}
catch e
  disp (e.message)
end
clear
try
  x=int8(3); x{1}
catch e
  disp (e.message)
end
clear
try
  x=single(3); x{1}
catch e
  disp (e.message)
end
clear
try
  x=3i; x{1}
catch e
  disp (e.message)
end
clear
try
  x="abc"; x(5)
catch e
  disp (e.message)
end
clear
try
  x="abc"; x(0)
catch e
  disp (e.message)
end
clear
try
  x=eye(3); x(4,4)
catch e
  disp (e.message)
end
clear
try
  x=eye(3); x(10)
catch e
  disp (e.message)
end
clear
try
  x=eye(3); x(0,1)
catch e
  disp (e.message)
end
clear
try
  a.b=[1 2 3]; a.b(5)
catch e
  disp (e.message)
end
clear
try
  a.b=[1 2 3]; a.b(0)
catch e
  disp (e.message)
end
clear
try
  x=[8 1 6;3 5 7;4 9 2]; x(:,:,2)
catch e
  disp (e.message)
end
clear
try
  x=[8 1 6;3 5 7;4 9 2]; x(:,4)
catch e
  disp (e.message)
end
clear
try
  x=[8 1 6;3 5 7;4 9 2]; x(4,:)
catch e
  disp (e.message)
end
clear
try
  x=zeros(2,0); x(1)
catch e
  disp (e.message)
end
clear
try
  x=[]; x(1)
catch e
  disp (e.message)
end
clear
try
  x=[]; x(1,1)
catch e
  disp (e.message)
end
clear
try
  [8 1 6;3 5 7;4 9 2](10)
catch e
  disp (e.message)
end
clear
try
  [8 1 6;3 5 7;4 9 2](0)
catch e
  disp (e.message)
end
clear
try
  abs(-3)(2)
catch e
  disp (e.message)
end
