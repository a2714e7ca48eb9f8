% indexed assignment, growth and deletion
clear
try
  x=[8 1 6;3 5 7;4 9 2]; x(1:2)=[1 2 3]
catch e
  disp (e.message)
end
clear
try
  x=[8 1 6;3 5 7;4 9 2]; x(1:2,1)=[1 2 3]
catch e
  disp (e.message)
end
clear
try
  x=[8 1 6;3 5 7;4 9 2]; x(:,1)=[1 2]
catch e
  disp (e.message)
end
clear
try
  x=[8 1 6;3 5 7;4 9 2]; x(:)=[1 2]
catch e
  disp (e.message)
end
clear
try
  x=[8 1 6;3 5 7;4 9 2]; x(1:2,1:2,1)=[1 2 3]
catch e
  disp (e.message)
end
clear
try
  x=zeros(2,2,2); x(1:2,1:2,1)=[1 2 3]
catch e
  disp (e.message)
end
clear
try
  x=zeros(2,2,2); x(:,:,1)=[1 2 3]
catch e
  disp (e.message)
end
clear
try
  x=[8 1 6;3 5 7;4 9 2]; x(0)=1
catch e
  disp (e.message)
end
clear
try
  x=[8 1 6;3 5 7;4 9 2]; x(1.5)=1
catch e
  disp (e.message)
end
clear
try
  x=[8 1 6;3 5 7;4 9 2]; x(0,1)=1
catch e
  disp (e.message)
end
clear
try
  x=[8 1 6;3 5 7;4 9 2]; x(11)=1
catch e
  disp (e.message)
end
clear
try
  x=[8 1 6;3 5 7;4 9 2]; x(1,2,3)=1; size(x)
catch e
  disp (e.message)
end
clear
try
  x=1:3; x(5)=1
catch e
  disp (e.message)
end
clear
try
  x=(1:3)'; x(5)=1
catch e
  disp (e.message)
end
clear
try
  x=[]; x(3)=1
catch e
  disp (e.message)
end
clear
try
  x=[]; x(3,1)=1
catch e
  disp (e.message)
end
clear
try
  x=zeros(0,3); x(4)=1
catch e
  disp (e.message)
end
clear
try
  x=zeros(3,0); x(4)=1
catch e
  disp (e.message)
end
clear
try
  x=zeros(2,0); x(:)=1
catch e
  disp (e.message)
end
clear
try
  x=zeros(2,2); x(:,3)=[1;2]
catch e
  disp (e.message)
end
clear
try
  x=[]; x(:,1)=[1;2]
catch e
  disp (e.message)
end
clear
try
  x=[]; x(:)=[1;2]
catch e
  disp (e.message)
end
clear
try
  x=[]; x(:,:)=[1 2;3 4]
catch e
  disp (e.message)
end
clear
try
  x=[]; x(2,:)=[1 2 3]
catch e
  disp (e.message)
end
clear
try
  x=zeros(2,2); x(3,:)=5
catch e
  disp (e.message)
end
clear
try
  x=zeros(2,2); x(:,:,2)=[1 2;3 4]; size(x)
catch e
  disp (e.message)
end
clear
try
  x=5; x(3)=1
catch e
  disp (e.message)
end
clear
try
  x="abc"; x(5)="z"; double(x)
catch e
  disp (e.message)
end
clear
try
  x="abc"; x(2)=65
catch e
  disp (e.message)
end
clear
try
  x="abc"; x(2)=true
catch e
  disp (e.message)
end
clear
try
  x=1:3; x(2)="A"
catch e
  disp (e.message)
end
clear
try
  x=true(1,3); x(2)=5
catch e
  disp (e.message)
end
clear
try
  x=true(1,3); x(2)=single(5); class(x)
catch e
  disp (e.message)
end
clear
try
  x=true(1,3); x(2)="a"; class(x)
catch e
  disp (e.message)
end
clear
try
  x=true(1,3); x(2)=int8(5); class(x)
catch e
  disp (e.message)
end
clear
try
  x=1:3; x(2)=int8(200)
catch e
  disp (e.message)
end
clear
try
  x=int8([1 2 3]); x(2)=300.7
catch e
  disp (e.message)
end
clear
try
  x=int8([1 2 3]); x(2)=int16(300); class(x)
catch e
  disp (e.message)
end
clear
try
  x=int16([1 2 3]); x(2)=int8(30); class(x)
catch e
  disp (e.message)
end
clear
try
  x=int8([1 2 3]); x(2)=2i
catch e
  disp (e.message)
end
clear
try
  x=single([1 2 3]); x(2)=pi; class(x)
catch e
  disp (e.message)
end
clear
try
  x=[1 2 3]; x(2)=single(pi); class(x)
catch e
  disp (e.message)
end
clear
try
  x=[1 2 3]; x(2)=2i
catch e
  disp (e.message)
end
clear
try
  x=[1 2 3]; x(2)={5}
catch e
  disp (e.message)
end
clear
try
  x=[1 2 3]; x(2)=@sin
catch e
  disp (e.message)
end
clear
try
  x=[1 2 3]; s.a=1; x(2)=s
catch e
  disp (e.message)
end
clear
try
  x=[]; s.a=1; x(2)=s
catch e
  disp (e.message)
end
clear
try
  x={1,2}; x(2)=5
catch e
  disp (e.message)
end
clear
try
  x={1,2}; x(3)=5
catch e
  disp (e.message)
end
clear
try
  x={1,2}; x(4)={5}
catch e
  disp (e.message)
end
clear
try
  x={1,2}; x{4}=5
catch e
  disp (e.message)
end
clear
try
  x={1,2}; x(1:2)={7}
catch e
  disp (e.message)
end
clear
try
  x={1,2}; x(1:2)={7,8,9}
catch e
  disp (e.message)
end
clear
try
  x=[]; x{3}=5
catch e
  disp (e.message)
end
clear
try
  x=[1 2]; x{3}=5
catch e
  disp (e.message)
end
clear
try
  x=5; x{1}=5
catch e
  disp (e.message)
end
clear
try
  x="abc"; x{1}=2
catch e
  disp (e.message)
end
clear
try
  s.a=1; s(3).a=5; s
catch e
  disp (e.message)
end
clear
try
  s.a=1; s(2)=5
catch e
  disp (e.message)
end
clear
try
  s.a=1; t.b=2; s(2)=t
catch e
  disp (e.message)
end
clear
try
  s.a=1; t.a=2; s(2)=t
catch e
  disp (e.message)
end
clear
try
  s.a=1; t.a=2; t.b=2; s(2)=t
catch e
  disp (e.message)
end
clear
try
  s.a=1; s{2}=3
catch e
  disp (e.message)
end
clear
try
  x=@sin; x(2)=3
catch e
  disp (e.message)
end
clear
try
  x=1:3; x([])=[]
catch e
  disp (e.message)
end
clear
try
  x=1:5; x(2)=[]
catch e
  disp (e.message)
end
clear
try
  x=[8 1 6;3 5 7;4 9 2]; x(2)=[]
catch e
  disp (e.message)
end
clear
try
  x=[8 1 6;3 5 7;4 9 2]; x(:,2)=[]
catch e
  disp (e.message)
end
clear
try
  x=[8 1 6;3 5 7;4 9 2]; x(2,:)=[]
catch e
  disp (e.message)
end
clear
try
  x=[8 1 6;3 5 7;4 9 2]; x(1:2,1:2)=[]
catch e
  disp (e.message)
end
clear
try
  x=[8 1 6;3 5 7;4 9 2]; x(:)=[]
catch e
  disp (e.message)
end
clear
try
  x=[8 1 6;3 5 7;4 9 2]; x(:,:)=[]
catch e
  disp (e.message)
end
clear
try
  x=[8 1 6;3 5 7;4 9 2]; x(1:3,2)=[]
catch e
  disp (e.message)
end
clear
try
  x=[8 1 6;3 5 7;4 9 2]; x(10)=[]
catch e
  disp (e.message)
end
clear
try
  x=[8 1 6;3 5 7;4 9 2]; x(:,5)=[]
catch e
  disp (e.message)
end
clear
try
  x=1:3; x(5)=[]
catch e
  disp (e.message)
end
clear
try
  x=[8 1 6;3 5 7;4 9 2]; x([],:)=[]
catch e
  disp (e.message)
end
clear
try
  x=[8 1 6;3 5 7;4 9 2]; x(1,1)=[]
catch e
  disp (e.message)
end
clear
try
  x=[8 1 6;3 5 7;4 9 2]; x(logical([1 0 1]),:)=[]
catch e
  disp (e.message)
end
clear
try
  x=5; x(1)=[]
catch e
  disp (e.message)
end
clear
try
  x=5; x(2)=[]
catch e
  disp (e.message)
end
clear
try
  x=zeros(2,3,4); x(:,:,2)=[]; size(x)
catch e
  disp (e.message)
end
clear
try
  x=zeros(2,3,4); x(:,2)=[]; size(x)
catch e
  disp (e.message)
end
clear
try
  x=zeros(2,3,4); x(1,:)=[]; size(x)
catch e
  disp (e.message)
end
clear
try
  x=(1:5)'; x([1 2])=[]
catch e
  disp (e.message)
end
clear
try
  x={1,2,3}; x(2)=[]
catch e
  disp (e.message)
end
clear
try
  x={1,2,3}; x{2}=[]
catch e
  disp (e.message)
end
clear
try
  x=struct("a",{1,2,3}); x(2)=[]; size(x)
catch e
  disp (e.message)
end
clear
try
  x="hello"; x(2)=[]
catch e
  disp (e.message)
end
clear
try
  x="hello"; x(2)=''
catch e
  disp (e.message)
end
clear
try
  x="hello"; x(2)=""
catch e
  disp (e.message)
end
clear
try
  x=1:3; x(2)=zeros(0,0)
catch e
  disp (e.message)
end
clear
try
  x=1:3; x(2)=zeros(1,0)
catch e
  disp (e.message)
end
clear
try
  x=1:3; y=[]; x(2)=y
catch e
  disp (e.message)
end
clear
try
  x={1,2}; y=[]; x(2)=y
catch e
  disp (e.message)
end
clear
try
  x={1,2}; x(2)={}
catch e
  disp (e.message)
end
clear
try
  x=[8 1 6;3 5 7;4 9 2]; x(:,1)=[1 2 3]
catch e
  disp (e.message)
end
clear
try
  x=[8 1 6;3 5 7;4 9 2]; x(1,:)=[1 2 3]'
catch e
  disp (e.message)
end
clear
try
  x=zeros(2,2); x(:,:,1:2)=ones(2,2)
catch e
  disp (e.message)
end
clear
try
  x=zeros(2,2); x([1 2],[1 2],:)=ones(2,2)
catch e
  disp (e.message)
end
clear
try
  x=eye(3); x(2,2)=5
catch e
  disp (e.message)
end
clear
try
  x=1:3; x(2)=[]; x
catch e
  disp (e.message)
end
clear
try
  x=1:3; x(end+1)=4
catch e
  disp (e.message)
end
clear
try
  x=1:3; x(1,1,1)=7
catch e
  disp (e.message)
end
clear
try
  x=3; x(:)=[]
catch e
  disp (e.message)
end
clear
try
  x=3; x(:)=7
catch e
  disp (e.message)
end
clear
try
  x=zeros(3,1); x(:)=1:3
catch e
  disp (e.message)
end
clear
try
  x=zeros(3,1); x(1:2,:)=[5 6]
catch e
  disp (e.message)
end
clear
try
  x=1:3; x(:,:,:)=[]
catch e
  disp (e.message)
end
clear
try
  x=1:4; x([1 1 2])=[]
catch e
  disp (e.message)
end
clear
try
  x=[8 1 6;3 5 7;4 9 2]; x([1 3 5])=[]
catch e
  disp (e.message)
end
clear
try
  x=zeros(2,3,4); x(3,1)=1
catch e
  disp (e.message)
end
clear
try
  x=zeros(2,3,4); x(25)=1
catch e
  disp (e.message)
end
clear
try
  x=zeros(2,3,4); x(3,1,1)=1; size(x)
catch e
  disp (e.message)
end
clear
try
  x=1:3; x(2.3456789)
catch e
  disp (e.message)
end
clear
try
  x=1:3; x(123456.789)
catch e
  disp (e.message)
end
clear
try
  x=1:3; x(-2.5)
catch e
  disp (e.message)
end
clear
try
  x=1:3; x(1e10)
catch e
  disp (e.message)
end
clear
try
  x=1:3; x([1 2 2.5])
catch e
  disp (e.message)
end
clear
try
  x=1:3; x(1,1e10)
catch e
  disp (e.message)
end
clear
try
  x=1:3; x(single(1.5))
catch e
  disp (e.message)
end
clear
try
  x=1:3; x(2^53)
catch e
  disp (e.message)
end
clear
try
  x=1:3; x([2 2i])
catch e
  disp (e.message)
end
clear
try
  x=1:3; x(1,{1})
catch e
  disp (e.message)
end
clear
try
  x=5; x.a
catch e
  disp (e.message)
end
clear
try
  x={1}; x.a
catch e
  disp (e.message)
end
clear
try
  x=int8(1:3); x(-1)
catch e
  disp (e.message)
end
clear
try
  x=1:3; x(int8(-1))
catch e
  disp (e.message)
end
clear
try
  x=1:3; x(:,:,:)
catch e
  disp (e.message)
end
clear
try
  x=[16 2 3 13;5 11 10 8;9 7 6 12;4 14 15 1]; x([1 2;3 4])
catch e
  disp (e.message)
end
clear
try
  x=1:4; x([1 2;3 4])
catch e
  disp (e.message)
end
clear
try
  x=(1:4)'; x([1 2])
catch e
  disp (e.message)
end
clear
try
  x=5; x([1 1 1])
catch e
  disp (e.message)
end
clear
try
  x=5; x([1;1;1])
catch e
  disp (e.message)
end
clear
try
  x=5; x(ones(2,2))
catch e
  disp (e.message)
end
clear
try
  x=5; x(:)
catch e
  disp (e.message)
end
clear
try
  x=5; x([])
catch e
  disp (e.message)
end
clear
try
  x=1:4; x([])
catch e
  disp (e.message)
end
clear
try
  x=[8 1 6;3 5 7;4 9 2]; x([])
catch e
  disp (e.message)
end
clear
try
  x=[8 1 6;3 5 7;4 9 2]; x(zeros(1,0))
catch e
  disp (e.message)
end
clear
try
  x=[8 1 6;3 5 7;4 9 2]; x(false(3))
catch e
  disp (e.message)
end
clear
try
  x=[8 1 6;3 5 7;4 9 2]; x(true(3))
catch e
  disp (e.message)
end
clear
try
  x=1:4; x(zeros(0,3))
catch e
  disp (e.message)
end
clear
try
  x=1:4; x(logical([1 0 1 0]))
catch e
  disp (e.message)
end
clear
try
  x=(1:4)'; x(logical([1 0 1 0]))
catch e
  disp (e.message)
end
clear
try
  x=[8 1 6;3 5 7;4 9 2]; x(logical([1 0 1]))
catch e
  disp (e.message)
end
clear
try
  x=[8 1 6;3 5 7;4 9 2]; x(logical([1 0 1]'))
catch e
  disp (e.message)
end
clear
try
  x=[8 1 6;3 5 7;4 9 2]; x(false)
catch e
  disp (e.message)
end
clear
try
  x=1:3; x(false)
catch e
  disp (e.message)
end
clear
try
  x=[8 1 6;3 5 7;4 9 2]; x(true)
catch e
  disp (e.message)
end
clear
try
  x=zeros(1,1,4); size(x(1:2))
catch e
  disp (e.message)
end
clear
try
  x=zeros(1,1,4); size(x([1;2]))
catch e
  disp (e.message)
end
clear
try
  x=zeros(2,3,4); size(x(:,:))
catch e
  disp (e.message)
end
clear
try
  x=zeros(2,3,4); size(x(:,7))
catch e
  disp (e.message)
end
clear
try
  x=zeros(2,3,4); size(x(1,:))
catch e
  disp (e.message)
end
clear
try
  x=1:5; y=x(2:4); y
catch e
  disp (e.message)
end
clear
try
  x=1:5; x(:)'
catch e
  disp (e.message)
end
clear
try
  x={1,2,3}; x(:)
catch e
  disp (e.message)
end
clear
try
  x={1,2;3,4}; x(:,1)
catch e
  disp (e.message)
end
clear
try
  x={1,2;3,4}; [x{:,1}]
catch e
  disp (e.message)
end
clear
try
  x=1:3; x()
catch e
  disp (e.message)
end
clear
try
  x={1,2}; x()
catch e
  disp (e.message)
end
clear
try
  x=eye(3); x(:,1)
catch e
  disp (e.message)
end
clear
try
  x=eye(3); x(:,:)
catch e
  disp (e.message)
end
clear
try
  x=eye(3); x(1:2,1:2)
catch e
  disp (e.message)
end
clear
try
  x=eye(3); x([1 3],[1 3])
catch e
  disp (e.message)
end
clear
try
  x=eye(3); x(2,2)
catch e
  disp (e.message)
end
clear
try
  x=eye(3); x(2,1)=7
catch e
  disp (e.message)
end
clear
try
  x=eye(3); x(:,2)=[]
catch e
  disp (e.message)
end
clear
try
  x=-(1:3); x(2)
catch e
  disp (e.message)
end
clear
try
  x=eye(3); x(:)'
catch e
  disp (e.message)
end
clear
try
  x=[]; x(2).a=1
catch e
  disp (e.message)
end
clear
try
  x=5; x(2).a=1
catch e
  disp (e.message)
end
clear
try
  x={}; x(2)=5
catch e
  disp (e.message)
end
clear
try
  x={}; x{3}=5
catch e
  disp (e.message)
end
clear
try
  x={}; x(3)=[]
catch e
  disp (e.message)
end
clear
try
  x=struct(); x(3)=[]
catch e
  disp (e.message)
end
clear
try
  x={1,2}; x([])={}
catch e
  disp (e.message)
end
clear
try
  x={1,2,3}; x(:)=[]
catch e
  disp (e.message)
end
clear
try
  x={1,2;3,4}; x(:,1)=[]
catch e
  disp (e.message)
end
clear
try
  x={1,2,3}; x(5)=[]
catch e
  disp (e.message)
end
clear
try
  x={1,2}; x(:)={0}
catch e
  disp (e.message)
end
clear
try
  x={1,2}; x(1,:)={3,4}
catch e
  disp (e.message)
end
clear
try
  x={}; x(:)={3}
catch e
  disp (e.message)
end
clear
try
  x={}; x{2,2}=3
catch e
  disp (e.message)
end
clear
try
  x={1,2}; x{1.5}=1
catch e
  disp (e.message)
end
clear
try
  x={1,2}; x{0}=1
catch e
  disp (e.message)
end
clear
try
  x={1,2;3,4}; x{7}=1
catch e
  disp (e.message)
end
clear
try
  x="ab"; x(3,1)="c"
catch e
  disp (e.message)
end
clear
try
  x="ab"; x(:)="z"
catch e
  disp (e.message)
end
clear
try
  x=true; x(3)=true
catch e
  disp (e.message)
end
clear
try
  x=int8(1); x(3)=2
catch e
  disp (e.message)
end
clear
try
  x=single(1); x(3)=2
catch e
  disp (e.message)
end
clear
try
  x=3; x(2)=int8(4); class(x)
catch e
  disp (e.message)
end
clear
try
  x=[]; x(2)=int8(4); class(x)
catch e
  disp (e.message)
end
clear
try
  x=[]; x(2)=true; class(x)
catch e
  disp (e.message)
end
clear
try
  x=[]; x(2)="a"; class(x)
catch e
  disp (e.message)
end
clear
try
  x=zeros(1,0); x(2)="a"; class(x)
catch e
  disp (e.message)
end
clear
try
  x=[]; x(1)={1}
catch e
  disp (e.message)
end
clear
try
  x=[]; x(2)=@sin
catch e
  disp (e.message)
end
clear
try
  x=''; x(2)=65
catch e
  disp (e.message)
end
clear
try
  x=''; x(2)=65; class(x)
catch e
  disp (e.message)
end
clear
try
  x={}; x(2)=65; class(x)
catch e
  disp (e.message)
end
