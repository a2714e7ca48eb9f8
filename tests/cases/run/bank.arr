accounts = struct ("owner", {}, "balance", {});
function a = deposit (a, name, amount)
  for i = 1:numel (a)
    if strcmp (a(i).owner, name)
      a(i).balance += amount;
      return
    end
  end
  a(end+1).owner = name;
  a(end).balance = amount;
end
accounts = deposit (accounts, "ann", 100);
accounts = deposit (accounts, "bob", 50);
accounts = deposit (accounts, "ann", 25);
for acc = accounts
  printf ("%s: %d\n", acc.owner, acc.balance);
end
total = sum ([accounts.balance])
names = {accounts.owner}
rich = accounts([accounts.balance] > 60);
rich.owner
