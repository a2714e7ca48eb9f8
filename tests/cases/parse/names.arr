% Chains of indices, assignments, handles, literals.
s(2).a{3}(4, :) = v
[a, b(2).c, ~] = deal(1, 2, 3)
[x.a] = 3;
x(end + 1).if = []
x.("name").(y) -= 1
x{:}(end, end{1})
f = @(varargin) numel(varargin){1}
g = @sin; h = @pkg.name
@() @(x) x
a.' + a.'.'
x = 0xFF + 0b101s16 + 1e3 + 1D-3 + 1_000 + .5 + 2i + 1.*3 + 1./2.'
"a\tb\"c""d" , 'it''s'
x = 5 ... the rest
  + 3
x *= 2; x ^= 3, x |= 0
