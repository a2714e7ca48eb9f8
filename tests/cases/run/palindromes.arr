function tf = is_palindrome (s)
  s = lower (s(isstrprop (s, "alpha")));
  tf = strcmp (s, fliplr (s));
end
tests = {"A man, a plan, a canal: Panama", "Not one", "", "Was it a car or a cat I saw?"};
for k = 1:numel (tests)
  if is_palindrome (tests{k}), answer = "yes"; else, answer = "no"; end
  disp ([answer ": " tests{k}])
end
best = "";
s = "forgeeksskeegfor";
for c = 1:numel (s)
  for w = 0:1
    l = c; r = c + w;
    while l >= 1 && r <= numel (s) && s(l) == s(r), l--; r++; end
    if r - l - 1 > numel (best), best = s(l+1:r-1); end
  end
end
best
x = cellfun (@is_palindrome, tests)
