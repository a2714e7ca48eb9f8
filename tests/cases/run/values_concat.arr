% matrix and cell literals, cat
clear
try
  [1 2; 3]
catch e
  disp (e.message)
end
clear
try
  [1 2, [3;4]]
catch e
  disp (e.message)
end
clear
try
  ['abc'; 'ab']
catch e
  disp (e.message)
end
clear
try
  ["abc"; 'ab ']
catch e
  disp (e.message)
end
clear
try
  ['a', 65]
catch e
  disp (e.message)
end
clear
try
  ['a'; 66]
catch e
  disp (e.message)
end
clear
try
  [1, 'a']
catch e
  disp (e.message)
end
clear
try
  [65.5 'a']
catch e
  disp (e.message)
end
clear
try
  [int8(1), 2.7]
catch e
  disp (e.message)
end
clear
try
  [int8(100), int16(1000)]
catch e
  disp (e.message)
end
clear
try
  [int16(1000), int8(100)]
catch e
  disp (e.message)
end
clear
try
  [single(1), 2]
catch e
  disp (e.message)
end
clear
try
  x=[single(1), int8(2)]; class(x)
catch e
  disp (e.message)
end
clear
try
  x=[true, 2]; class(x)
catch e
  disp (e.message)
end
clear
try
  x=[true, false]; class(x)
catch e
  disp (e.message)
end
clear
try
  x=[true, 'a']; class(x)
catch e
  disp (e.message)
end
clear
try
  x=[true, int8(4)]; class(x)
catch e
  disp (e.message)
end
clear
try
  x=[int8(65), 'a']; class(x)
catch e
  disp (e.message)
end
clear
try
  x=['a', int8(65)]; class(x)
catch e
  disp (e.message)
end
clear
try
  x=[1i, 'a']
catch e
  disp (e.message)
end
clear
try
  x=[{1}, 2]
catch e
  disp (e.message)
end
clear
try
  x=[{1}, {2,3}]
catch e
  disp (e.message)
end
clear
try
  x=[2, {1}]
catch e
  disp (e.message)
end
clear
try
  x=[{1}; 2]
catch e
  disp (e.message)
end
clear
try
  x=[{1}; {2,3}]
catch e
  disp (e.message)
end
clear
try
  x=[{1}, []]
catch e
  disp (e.message)
end
clear
try
  x=[{1}, {}]
catch e
  disp (e.message)
end
clear
try
  x=[{}, {1}]
catch e
  disp (e.message)
end
clear
try
  x=[{}, 1]
catch e
  disp (e.message)
end
clear
try
  x=[{}; 1]
catch e
  disp (e.message)
end
clear
try
  x=[[], {}]
catch e
  disp (e.message)
end
clear
try
  x=[{1}, 'abc']
catch e
  disp (e.message)
end
clear
try
  x=[{1}, [1 2 3]]
catch e
  disp (e.message)
end
clear
try
  x=[{1}, @sin]
catch e
  disp (e.message)
end
clear
try
  s.a=1; x=[{1}, s]
catch e
  disp (e.message)
end
clear
try
  s.a=1; x=[s, {1}]
catch e
  disp (e.message)
end
clear
try
  s.a=1; x=[s, s]
catch e
  disp (e.message)
end
clear
try
  s.a=1; t.b=1; x=[s, t]
catch e
  disp (e.message)
end
clear
try
  s.a=1; x=[s, 1]
catch e
  disp (e.message)
end
clear
try
  s.a=1; x=[1, s]
catch e
  disp (e.message)
end
clear
try
  s.a=1; x=[s, []]
catch e
  disp (e.message)
end
clear
try
  s.a=1; x=[[], s]
catch e
  disp (e.message)
end
clear
try
  x=[@sin, @cos]
catch e
  disp (e.message)
end
clear
try
  x=[@sin]
catch e
  disp (e.message)
end
clear
try
  x=[1, @cos]
catch e
  disp (e.message)
end
clear
try
  x=[@sin, []]
catch e
  disp (e.message)
end
clear
try
  x=[zeros(1,0), [1;2]]
catch e
  disp (e.message)
end
clear
try
  x=[zeros(1,0); [1;2]]
catch e
  disp (e.message)
end
clear
try
  x=[zeros(1,0); [1 2]]
catch e
  disp (e.message)
end
clear
try
  x=[zeros(0,2); [1 2]]
catch e
  disp (e.message)
end
clear
try
  x=[zeros(0,3); [1 2]]
catch e
  disp (e.message)
end
clear
try
  x=[zeros(0,3), [1 2]]
catch e
  disp (e.message)
end
clear
try
  x=[zeros(2,0), [1 2]]
catch e
  disp (e.message)
end
clear
try
  x=[zeros(2,0), [1;2]]
catch e
  disp (e.message)
end
clear
try
  x=[zeros(3,0), [1;2]]
catch e
  disp (e.message)
end
clear
try
  x=[zeros(3,0), zeros(2,0)]
catch e
  disp (e.message)
end
clear
try
  x=[zeros(0,3); zeros(0,2)]
catch e
  disp (e.message)
end
clear
try
  x=[zeros(0,3), zeros(0,2)]
catch e
  disp (e.message)
end
clear
try
  x=[zeros(1,0), zeros(0,0)]
catch e
  disp (e.message)
end
clear
try
  x=[zeros(1,0); zeros(1,0)]
catch e
  disp (e.message)
end
clear
try
  x=[zeros(0,0,3), 1]
catch e
  disp (e.message)
end
clear
try
  x=['' ; 'abc']
catch e
  disp (e.message)
end
clear
try
  x=['' , 65]
catch e
  disp (e.message)
end
clear
try
  x=['abc'; '']
catch e
  disp (e.message)
end
clear
try
  x=[ones(0,0,'int8') 2.6]
catch e
  disp (e.message)
end
clear
try
  x=[ones(1,0,'int8') 2.6]; class(x)
catch e
  disp (e.message)
end
clear
try
  x=[single([]) 2.6]; class(x)
catch e
  disp (e.message)
end
clear
try
  x=[[] true]; class(x)
catch e
  disp (e.message)
end
clear
try
  x=[[] 'a']; class(x)
catch e
  disp (e.message)
end
clear
try
  x=[zeros(1,0) true]; class(x)
catch e
  disp (e.message)
end
clear
try
  x=['a':'c'; 'def']
catch e
  disp (e.message)
end
clear
try
  x=[1:3; 4:6]
catch e
  disp (e.message)
end
clear
try
  x=[eye(2) eye(2)]
catch e
  disp (e.message)
end
clear
try
  x=cat(3,[1 2],[3 4])
catch e
  disp (e.message)
end
clear
try
  x=cat(3,[1 2],[3;4])
catch e
  disp (e.message)
end
clear
try
  x=cat(1,[1 2],[3;4])
catch e
  disp (e.message)
end
clear
try
  x=cat(2,[1 2],[3;4])
catch e
  disp (e.message)
end
clear
try
  x=horzcat([1 2],[3;4])
catch e
  disp (e.message)
end
clear
try
  x=vertcat([1 2],[3;4])
catch e
  disp (e.message)
end
clear
try
  x=[zeros(2,2,2), zeros(2,2)]
catch e
  disp (e.message)
end
clear
try
  x=[zeros(2,2,2), zeros(2,1,2)]; size(x)
catch e
  disp (e.message)
end
clear
try
  x=cat(3,zeros(2,2),zeros(2,2,2)); size(x)
catch e
  disp (e.message)
end
clear
try
  x=cat(4,zeros(2,2),zeros(2,2,2)); size(x)
catch e
  disp (e.message)
end
clear
try
  x=horzcat()
catch e
  disp (e.message)
end
clear
try
  x=vertcat()
catch e
  disp (e.message)
end
clear
try
  x=cat(1)
catch e
  disp (e.message)
end
clear
try
  x=cat(3)
catch e
  disp (e.message)
end
clear
try
  x=horzcat('a','bc')
catch e
  disp (e.message)
end
clear
try
  x=vertcat('a','bc')
catch e
  disp (e.message)
end
clear
try
  x=horzcat({1},2)
catch e
  disp (e.message)
end
clear
try
  x=cat(1,{1},2)
catch e
  disp (e.message)
end
clear
try
  x=horzcat("a",'b');
catch e
  disp (e.message)
end
clear
try
  x=[1;'a';"bc"]
catch e
  disp (e.message)
end
clear
try
  x={1,[];{},2}
catch e
  disp (e.message)
end
clear
try
  x={{},1}
catch e
  disp (e.message)
end
clear
try
  x={[],{}}
catch e
  disp (e.message)
end
clear
try
  x={}
catch e
  disp (e.message)
end
clear
try
  x={{}}
catch e
  disp (e.message)
end
clear
try
  c={1,2}; x={c{:},3}
catch e
  disp (e.message)
end
clear
try
  c={}; x={c{:},3}
catch e
  disp (e.message)
end
clear
try
  x=[struct('a',{1,2}), struct('a',3)]; size(x)
catch e
  disp (e.message)
end
clear
try
  x=[struct('a',1,'b',2); struct('b',3,'a',4)]; x(2)
catch e
  disp (e.message)
end
clear
try
  [1 2; 3 4 5; 6]
catch e
  disp (e.message)
end
clear
try
  [[1 2]; [3 4 5]; [6]]
catch e
  disp (e.message)
end
clear
try
  [single(1); int8([1 2])]
catch e
  disp (e.message)
end
clear
try
  [{1,2};{3}]
catch e
  disp (e.message)
end
clear
try
  x=[int8(1) single(2.7) 1000.5]
catch e
  disp (e.message)
end
clear
try
  x=[int8(1) "a" int16(500)]; class(x)
catch e
  disp (e.message)
end
clear
try
  x=[1 int8(1) single(2.7) int16(1000)]; class(x)
catch e
  disp (e.message)
end
clear
try
  x=[true single(2)]; class(x)
catch e
  disp (e.message)
end
clear
try
  x=[single(1) 2i]; class(x)
catch e
  disp (e.message)
end
clear
try
  x=[true;'a']; class(x)
catch e
  disp (e.message)
end
clear
try
  x=[zeros(2,3,0), ones(2,3)]
catch e
  disp (e.message)
end
clear
try
  x=[ones(2,3); zeros(0,3,2)]
catch e
  disp (e.message)
end
