% Every number format, and precisions of one's own.
format short g
x=pi
x=[pi 1e5 1e-5]
x=[1 2 3]
x=1e10
x=1e5
x=123456
x=0.001
x=[1.5 NaN]
x=3+4i
x=pi+4i
x=[pi+4i 2]
x=1:5
x=0:0.5:2
x=single(pi)
x=[1e10 1]
x=NaN
x=[1000.123 2]
x=100000.5
x=-pi
x=[-pi 1e10]
x=[NaN 1]
x=[]
x=eye(2)*1.5
x=uint8([1 2])
format long g
x=pi
x=[pi 1e5 1e-5]
x=[1 2 3]
x=1e10
x=single(pi)
x=pi+4i
x=[pi+4i 2]
x=0:0.5:2
x=-pi
format short e
x=pi
x=[pi 1e5 1e-5]
x=[1 2 3]
x=1e10
x=5
x=100
x=[100 1e5]
x=1e200
x=[1 1e200]
x=0.001
x=[1.5 NaN]
x=3+4i
x=pi+4i
x=[pi+4i 2]
x=1:5
x=0:0.5:2
x=single(pi)
x=-pi
x=NaN
x=[NaN 1]
x=[0 1.5]
x=0
x=eye(2)*1.5
x=1e5
format long e
x=pi
x=[pi 1e5 1e-5]
x=[1 2 3]
x=1e10
x=single(pi)
x=pi+4i
x=3+4i
x=[3+4i 2]
x=[pi+4i 2]
x=1:3
x=0:0.5:2
x=-pi
format long
x=pi
x=[pi 1e5 1e-5]
x=[pi 100]
x=[pi 1000]
x=pi+4i
x=[1.5+2i 100]
x=0:0.5:2
x=100.5
x=0.1
x=single([pi 100])
x=single(pi+4i)
x=single(0.1)
x=single([0.1 0.2])
x=[1/3 2/3]
x=100/3
x=1e5/3
x=1e10/3
x=1e15/3
x=1e16/3
x=1e-3/3
format
format compact
x = [1 2]
format
x = format
for p = [0 1 2 3 7 12 16]
  output_precision (p);
  x = 1, y = pi, z = [1 2], w = [1.5 -22.25], v = [1 NaN], c = 1.5 + 2i, e = 0.5, s = single (pi)
end
