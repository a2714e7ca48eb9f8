tasks = struct ("name", {"build", "test", "deploy", "lint", "plan"}, "needs", {{"plan", "lint"}, {"build"}, {"test"}, {}, {}});
done = {};
while numel (done) < numel (tasks)
  before = numel (done);
  for t = tasks
    if ! any (strcmp (t.name, done)) && all (ismember (t.needs, done))
      done{end+1} = t.name;
    end
  end
  if numel (done) == before
    error ("cycle among the tasks");
  end
end
done
printf ("%d. %s\n", [num2cell(1:5); done]{:});
tasks(1)
[tasks.name]
