% Version numbers compared.

function parts = taken_apart (who, v)
  if ! ischar (v)
    error ("compare_versions: version numbers V1 and V2 must be strings");
  end
  if isempty (strrep (v, ".", ""))
    error ("compare_versions: version number %s is not valid: %s", who, v);
  end
  numbers = regexp (v, '^\d*(\.\d+)*', "match", "once");
  parts.numbers = str2double (ostrsplit (numbers, ".", true));
  parts.numbers(isnan (parts.numbers)) = [];
  parts.rest = v(numel (numbers)+1:end);
end

function sign_of = order (a, b)
  n = max (numel (a.numbers), numel (b.numbers));
  x = [a.numbers, zeros(1, n - numel (a.numbers))];
  y = [b.numbers, zeros(1, n - numel (b.numbers))];
  at = find (x != y, 1);
  if ! isempty (at)
    sign_of = sign (x(at) - y(at));
  else
    n = max (numel (a.rest), numel (b.rest));
    x = [double(a.rest), zeros(1, n - numel (a.rest))];
    y = [double(b.rest), zeros(1, n - numel (b.rest))];
    at = find (x != y, 1);
    sign_of = 0;
    if ! isempty (at)
      sign_of = sign (x(at) - y(at));
    end
  end
end

function flag = compare_versions (v1, v2, operator)
  if ! ischar (v1) || ! ischar (v2)
    error ("compare_versions: version numbers V1 and V2 must be strings");
  elseif ! ischar (operator)
    error ("compare_versions: OPERATOR must be a string");
  elseif rows (v1) != 1 || rows (v2) != 1
    error ("compare_versions: version numbers V1 and V2 must be a single row");
  elseif rows (operator) != 1
    error ("compare_versions: OPERATOR must be a single row");
  end
  relation = order (taken_apart ("V1", v1), taken_apart ("V2", v2));
  equal = any (operator == "=");
  negated = any (operator == "!" | operator == "~");
  greater = any (operator == ">");
  less = any (operator == "<");
  if greater && less
    error ("compare_versions: OPERATOR cannot contain both greater and less than symbols");
  elseif (greater || less) && negated
    error ("compare_versions: OPERATOR cannot contain not and greater than or less than symbols");
  elseif strcmp (operator, "=")
    error ("compare_versions: equality OPERATOR is \"==\"");
  elseif ! (equal || greater || less || negated) || any (! ismember (operator, "=!~<>"))
    error ("compare_versions: no valid OPERATOR");
  end
  if negated
    flag = relation != 0;
  else
    flag = (equal && relation == 0) || (greater && relation > 0) || (less && relation < 0);
  end
end

function flag = verLessThan (package, version)
  if ! ischar (package) || rows (package) != 1
    error ("verLessThan: PACKAGE must be a string");
  end
  if ! strcmpi (package, "octave")
    error ("verLessThan: package \"%s\" is not installed", package);
  end
  flag = compare_versions (OCTAVE_VERSION (), version, "<");
end
