true && false, true || false, !true, ~0
xor (true, false)
1 && []
[] || 1
a = 0;
function r = touch (x)
  printf ("touched ");
  r = x;
end
false && touch (true)
true || touch (true)
false & touch (1)
if 0 & touch (1), end
disp ("")
if 1 | touch (1), disp ("or"), end
b = [1 0 1] & [1 1 0]
c = ! [1 0 2]
d = [1 2 3] > 2 | [1 0 0]
class (b)
true + true
-true
3 == 3.0
"a" < "b"
any ([0 0 1]), all ([1 1 0])
ifelse = 3;
ifelse
bitand (12, 10)
x = 5; 
y = x > 3 && x < 10
!x == 0
-2 ^ 2
2 ^ -1
[1 -2], [1 - 2], [a' a']
