% Cells, structs, handles and maps, in each other.
s.a=1
s.b=[1 2;3 4]
s.c='str'
s.d={1,2}
s.e=struct('x',{1,2})
s.f.g.h.i.j=1
s.e2=[]
s.fn=@(x) x+1
s.cplx=1+2i
s.r=0:0.5:1
s.bool=true
s.i8=int8([1 2])
s.ca=['ab';'cd']
s.z=zeros(2,2,2)
s.g=@sin
s.ed=zeros(0,3)
s.ec={}
t=struct()
t=struct('a',{})
t=struct('a',{1,2},'b',3)
t(2)
t=struct('a',{{1,2}})
c={s}
c={t}
c={@sin,@(x) x+1,true,1+2i,'a',['ab';'cd'],zeros(2,2,2),int8([1 2;3 4])}
disp(struct('a',1))
disp(struct('a',{1,2}))
disp({1,{2}})
disp(s)
m=containers.Map()
m('a')=1
disp(m)
c={m}
s2.m=m
f=@(x) x.^2
disp(f)
f=@sin
disp(@sin)
x.y=struct('a',{1,2})
x.y(2).a=struct('q',{1,2,3})
struct('a',{1;2})
struct('a',cell(2,2,2))
x=[true;false]
x=zeros(3,0)
x={1;2}
c=cell(1,1)
c={cell(2,2,2)}
s.x=cell(2,2,2)
s.x=''
s.y='a'
c={'abc','';"x",['a';'b']}
x="a\nb"
x=["a\nb";"cde"]
