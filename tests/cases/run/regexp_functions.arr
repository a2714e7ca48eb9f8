% regular expressions
clear
try
  x=regexp('ab','((a))b','tokens')
catch e
  disp (e.message)
end
clear
try
  x=regexp('ab','(x*)a','tokens')
catch e
  disp (e.message)
end
clear
try
  x=regexp('ab','a(x*)b','tokens')
catch e
  disp (e.message)
end
clear
try
  x=regexp('ab','(?<n>x*)a','names')
catch e
  disp (e.message)
end
clear
try
  x=regexp('ab','(?<n>z)','names')
catch e
  disp (e.message)
end
clear
try
  x=regexp('ab','(?<n>z)?a','names')
catch e
  disp (e.message)
end
clear
try
  x=size(regexp('ab','a','names'))
catch e
  disp (e.message)
end
clear
try
  x=size(regexp('ab','a','names','once'))
catch e
  disp (e.message)
end
clear
try
  x=size(regexp('ab','z','names','once'))
catch e
  disp (e.message)
end
clear
try
  x=regexp('a,b,c',',','split','once')
catch e
  disp (e.message)
end
clear
try
  x=regexp('abc','z','split','once')
catch e
  disp (e.message)
end
clear
try
  x=regexp('a,b,c',',','end','once')
catch e
  disp (e.message)
end
clear
try
  x=regexp('abc','b','tokens','once')
catch e
  disp (e.message)
end
clear
try
  x=regexp('abc','(b)','tokenExtents','once')
catch e
  disp (e.message)
end
clear
try
  x=regexp({'a1';'b2'},'\d','start')
catch e
  disp (e.message)
end
clear
try
  [a,b]=regexp({'a1';'b2'},'\d','start','match')
catch e
  disp (e.message)
end
clear
try
  x=regexp('a1',{'\d','a'},'match')
catch e
  disp (e.message)
end
clear
try
  x=regexp({'a','b','c'},{'a','b'},'match')
catch e
  disp (e.message)
end
clear
try
  x=regexp('abc','(a)(b)(c)','tokens'){1}{3}
catch e
  disp (e.message)
end
clear
try
  x=regexp('aBc','(?i)b','match')
catch e
  disp (e.message)
end
clear
try
  x=regexp('abab','(ab)\1','match')
catch e
  disp (e.message)
end
clear
try
  x=regexp('foobar','(?<a>foo)(?<b>bar)','tokens')
catch e
  disp (e.message)
end
clear
try
  x=regexprep('abc','(x)?(b)','[$2]')
catch e
  disp (e.message)
end
clear
try
  x=regexprep('abc','(x)?(b)','[$1]')
catch e
  disp (e.message)
end
clear
try
  x=regexprep('abc',"b","\\n")
catch e
  disp (e.message)
end
clear
try
  x=regexprep('abc','(a)(b)(c)','$3$2$1')
catch e
  disp (e.message)
end
clear
try
  x=regexprep('abc','b','$')
catch e
  disp (e.message)
end
clear
try
  x=regexprep('abc','b','a\tb')
catch e
  disp (e.message)
end
clear
try
  x=regexprep('aaa','a','b','once')
catch e
  disp (e.message)
end
clear
try
  x=regexprep({'ab','cb'},{'a','b'},{'1','2'})
catch e
  disp (e.message)
end
clear
try
  x=regexprep(5,'a','b')
catch e
  disp (e.message)
end
clear
try
  x=regexprep('abc','(?<x>b)','<$1>')
catch e
  disp (e.message)
end
clear
try
  x=regexp("ab\n",'b$','start')
catch e
  disp (e.message)
end
clear
try
  x=regexp('ab','[[:alpha:]]+','match')
catch e
  disp (e.message)
end
clear
try
  x=regexp('a.b','[.]','start')
catch e
  disp (e.message)
end
clear
try
  x=regexp('a]b','[]]','start')
catch e
  disp (e.message)
end
clear
try
  x=regexp('a^b','[\^]','start')
catch e
  disp (e.message)
end
clear
try
  x=regexp('a&&b','[&&]+','match')
catch e
  disp (e.message)
end
clear
try
  x=regexp('tab	x','[\t]','start')
catch e
  disp (e.message)
end
clear
try
  x=regexp('xaxbx','x(?=b)','start')
catch e
  disp (e.message)
end
clear
try
  x=regexp('abc','(?<=a)b','start')
catch e
  disp (e.message)
end
clear
try
  x=regexp('abc','a|','match')
catch e
  disp (e.message)
end
clear
try
  x=regexp('ab  cd','\s+','split')
catch e
  disp (e.message)
end
clear
try
  x=regexp('one_two','_','split')
catch e
  disp (e.message)
end
clear
try
  x=regexp('foo.m','\.m$','once','match')
catch e
  disp (e.message)
end
clear
try
  x=regexp('key=val','(\w+)=(\w+)','tokens'){1}{2}
catch e
  disp (e.message)
end
clear
try
  x=regexp('aaa','a{2}','match')
catch e
  disp (e.message)
end
clear
try
  x=regexp('a+b','a\+b','match')
catch e
  disp (e.message)
end
clear
try
  x=regexp('ab',')','match')
catch e
  disp (e.message)
end
clear
try
  x=regexp('ab','*','match')
catch e
  disp (e.message)
end
clear
try
  x=regexp('ab','(?<1a>b)','names')
catch e
  disp (e.message)
end
clear
try
  x=regexp('ab',{'a';'b'},'start')
catch e
  disp (e.message)
end
clear
try
  x=regexp('12:34','(?<h>\d+):(?<m>\d+)','names').m
catch e
  disp (e.message)
end
clear
try
  x=regexp('1 2','(?<h>\d)','names'); x(2).h
catch e
  disp (e.message)
end
clear
try
  x=regexp('ab','b','start'){1}
catch e
  disp (e.message)
end
clear
try
  x=strsplit('a1b22c','\d+','DelimiterType','RegularExpression')
catch e
  disp (e.message)
end
clear
try
  x=regexptranslate('wildcard','*.m')
catch e
  disp (e.message)
end
clear
try
  x=regexptranslate('foo','*.m')
catch e
  disp (e.message)
end
clear
try
  x=regexp("a\0b",'b','start')
catch e
  disp (e.message)
end
clear
try
  x=regexp('abcabc','b','start','once')
catch e
  disp (e.message)
end
clear
try
  x=regexp('AbC','[a-z]','match','ignorecase')
catch e
  disp (e.message)
end
clear
try
  x=regexp('ab','(a)|(b)','tokenExtents')
catch e
  disp (e.message)
end
clear
try
  x=regexp('ab','(?:(a)|(b))','names')
catch e
  disp (e.message)
end
clear
try
  x=regexp('\d','\\d','match')
catch e
  disp (e.message)
end
