% What a blank, a quote and a line end mean inside brackets.
[1 -2]
[1 - 2]
[1 -2 + 3]
[a' b']
[a 'b']
[a', b']
[f (3)]
[f(3)]
[a(1, 2) -1]
[x.y .5 x .z]
[1 !0]
[1 ~= 0]
[a ++b]
[a, b
 c, d   % a comment
 e f ... continued
 g
]
[1, 2; ...
 3, 4;]
{@(x) x +1, @sin -1, @ (y) -y}
{1, 'two'; {3} {4}}
[;]
{}
c{1 -1}
x([1 end])
[(1) -2]
[a
% only a comment

b]
