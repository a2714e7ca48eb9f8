% results of regexp; containers.Map
clear
try
  [s,e,te,m,t,nm,sp]=regexp('hello world','o')
catch e
  disp (e.message)
end
clear
try
  [s,e,te,m,t,nm,sp]=regexp('hello world','(l+)(o)?')
catch e
  disp (e.message)
end
clear
try
  [s,e,te,m,t,nm,sp]=regexp('hello world','z')
catch e
  disp (e.message)
end
clear
try
  [t,n]=regexp('ab12','(?<word>[a-z]+)(?<num>\d+)','tokens','names')
catch e
  disp (e.message)
end
clear
try
  x=regexp('ab12','\d+','match','once')
catch e
  disp (e.message)
end
clear
try
  x=regexp('ab12','z','match','once')
catch e
  disp (e.message)
end
clear
try
  x=regexp('ab12','(z)','tokens','once')
catch e
  disp (e.message)
end
clear
try
  x=regexp('ab12','([a-z])(\d)','tokens','once')
catch e
  disp (e.message)
end
clear
try
  x=regexp('ab12','z','start','once')
catch e
  disp (e.message)
end
clear
try
  x=regexp('ab12','\d','once')
catch e
  disp (e.message)
end
clear
try
  x=regexp('ab12','(?<l>\d)','names','once')
catch e
  disp (e.message)
end
clear
try
  x=regexp('ab12','z','names')
catch e
  disp (e.message)
end
clear
try
  x=regexp('ab12','z','tokens')
catch e
  disp (e.message)
end
clear
try
  x=regexp('ab12','z','match')
catch e
  disp (e.message)
end
clear
try
  x=regexp('ab12','z','split')
catch e
  disp (e.message)
end
clear
try
  x=regexp('ab12','z','tokenExtents')
catch e
  disp (e.message)
end
clear
try
  x=regexp('ab12','(\d)','tokenExtents')
catch e
  disp (e.message)
end
clear
try
  x=regexp('a1b22','(?<l>\d+)','names')
catch e
  disp (e.message)
end
clear
try
  x=regexp({'ab','cd'},'b','match')
catch e
  disp (e.message)
end
clear
try
  x=regexp({'ab','cd'},{'b','c'},'match')
catch e
  disp (e.message)
end
clear
try
  x=regexp('ab,cd',',','split')
catch e
  disp (e.message)
end
clear
try
  x=regexp(',ab,',',','split')
catch e
  disp (e.message)
end
clear
try
  x=regexpi('ABC','b','match')
catch e
  disp (e.message)
end
clear
try
  x=regexp('ABC','b','match','ignorecase')
catch e
  disp (e.message)
end
clear
try
  x=regexp("a\nb",'^b','match')
catch e
  disp (e.message)
end
clear
try
  x=regexp("a\nb",'^b','match','lineanchors')
catch e
  disp (e.message)
end
clear
try
  x=regexp("a\nb",'a.b','match')
catch e
  disp (e.message)
end
clear
try
  x=regexp("a\nb",'a.b','match','dotexceptnewline')
catch e
  disp (e.message)
end
clear
try
  x=regexp('abc','','match')
catch e
  disp (e.message)
end
clear
try
  x=regexp('abc','','match','emptymatch')
catch e
  disp (e.message)
end
clear
try
  x=regexp('abc','x*','match','emptymatch')
catch e
  disp (e.message)
end
clear
try
  x=regexp('abc','x*','split','emptymatch')
catch e
  disp (e.message)
end
clear
try
  x=regexp('abc','(','match')
catch e
  disp (e.message)
end
clear
try
  x=regexp('abc','[','match')
catch e
  disp (e.message)
end
clear
try
  x=regexp('foo bar','\<b','start')
catch e
  disp (e.message)
end
clear
try
  x=regexp('a[b]c','[[\]]','match')
catch e
  disp (e.message)
end
clear
try
  x=regexp('abc','(a)|(b)','tokens')
catch e
  disp (e.message)
end
clear
try
  x=regexp('abc','(x)?(b)','tokens')
catch e
  disp (e.message)
end
clear
try
  x=regexp('ab','(a)(x)?b','tokens')
catch e
  disp (e.message)
end
clear
try
  x=regexp('ab','(a)(x)?b','tokenExtents')
catch e
  disp (e.message)
end
clear
try
  x=regexp('ab','(?:a)b','tokens')
catch e
  disp (e.message)
end
clear
try
  x=regexp('short test string','\w*r\w*','match')
catch e
  disp (e.message)
end
clear
try
  x=regexprep('abc','b','X')
catch e
  disp (e.message)
end
clear
try
  x=regexprep('abc','(b)','[$1]')
catch e
  disp (e.message)
end
clear
try
  x=regexprep('abc','(b)','[\$1]')
catch e
  disp (e.message)
end
clear
try
  x=regexprep('abc','(a)(b)','$2$1')
catch e
  disp (e.message)
end
clear
try
  x=regexprep('abc','b','\n')
catch e
  disp (e.message)
end
clear
try
  x=regexprep('abcb','b','X','once')
catch e
  disp (e.message)
end
clear
try
  x=regexprep('ABC','b','X','ignorecase')
catch e
  disp (e.message)
end
clear
try
  x=regexprep({'abc','bcd'},'b','X')
catch e
  disp (e.message)
end
clear
try
  x=regexprep('abc',{'a','b'},{'1','2'})
catch e
  disp (e.message)
end
clear
try
  x=regexprep('abc',{'a','b'},'1')
catch e
  disp (e.message)
end
clear
try
  x=regexprep('abc','z','X')
catch e
  disp (e.message)
end
clear
try
  x=regexprep('','a','b')
catch e
  disp (e.message)
end
clear
try
  x=regexprep('abc','','X')
catch e
  disp (e.message)
end
clear
try
  x=regexprep('abc','b','')
catch e
  disp (e.message)
end
clear
try
  x=regexprep('hello','l','$0$0')
catch e
  disp (e.message)
end
clear
try
  x=regexprep('hello','(l)','$2')
catch e
  disp (e.message)
end
clear
try
  x=regexprep('a.b','\.','\\')
catch e
  disp (e.message)
end
clear
try
  x=regexprep('aaa','a*?','b')
catch e
  disp (e.message)
end
clear
try
  x=regexprep('World','^','Hello ')
catch e
  disp (e.message)
end
clear
try
  x=regexp('ab12','(?<a>\d)(?<b>\d)','names'); x.a
catch e
  disp (e.message)
end
clear
try
  x=regexp('12 34','(?<a>\d)(?<b>\d)','names'); x(1).a
catch e
  disp (e.message)
end
clear
try
  x=regexp('abc',5)
catch e
  disp (e.message)
end
clear
try
  x=regexp('abc','b','bogus')
catch e
  disp (e.message)
end
clear
try
  x=regexp('foo!bar','(?<=!)bar','match')
catch e
  disp (e.message)
end
clear
try
  x=regexp('aXbX','X$','start')
catch e
  disp (e.message)
end
clear
try
  x=regexp('abc','[^a]','match')
catch e
  disp (e.message)
end
clear
try
  x=regexp('a-b','[a\-b]','match')
catch e
  disp (e.message)
end
clear
try
  x=regexp('a{b','{','start')
catch e
  disp (e.message)
end
clear
try
  x=regexp('ab','(?#comment)b','start')
catch e
  disp (e.message)
end
clear
try
  x=regexp('ab','A(?i)B','start')
catch e
  disp (e.message)
end
clear
try
  x=regexp('a b','a b','match','freespacing')
catch e
  disp (e.message)
end
clear
try
  x=regexp('aab','(?<x>a)(?<x>b)','names')
catch e
  disp (e.message)
end
clear
try
  x=regexp('','a','match')
catch e
  disp (e.message)
end
clear
try
  x=regexp('','','match')
catch e
  disp (e.message)
end
clear
try
  [tok,mat]=regexp('ab','(a)','tokens','match')
catch e
  disp (e.message)
end
clear
try
  x=regexp("ab\tc",'\t','start')
catch e
  disp (e.message)
end
clear
try
  x=regexp('ab12','([a-z]+)(\d+)','tokens'){1}
catch e
  disp (e.message)
end
clear
try
  x=regexp({'a1','b2'},'\d','match','once')
catch e
  disp (e.message)
end
clear
try
  x=regexp('a','a','start','end')
catch e
  disp (e.message)
end
clear
try
  [a,b]=regexp('xax','a','start','end')
catch e
  disp (e.message)
end
clear
try
  m=containers.Map(); m('a')=1; m('b')=2; m.keys()
catch e
  disp (e.message)
end
clear
try
  m=containers.Map(); m('a')
catch e
  disp (e.message)
end
clear
try
  m=containers.Map('a',5); m('b')
catch e
  disp (e.message)
end
clear
try
  m=containers.Map('KeyType','double','ValueType','any'); m(1)='x'; m(3)=5; m.keys(), m.values()
catch e
  disp (e.message)
end
clear
try
  m=containers.Map('KeyType','double','ValueType','any'); m('a')
catch e
  disp (e.message)
end
clear
try
  m=containers.Map('KeyType','double','ValueType','any'); m(4)
catch e
  disp (e.message)
end
clear
try
  m=containers.Map({'a','b'},[1 2]); m('b')
catch e
  disp (e.message)
end
clear
try
  m=containers.Map({'a','b'},{1,'x'}); m.values({'a'})
catch e
  disp (e.message)
end
clear
try
  m=containers.Map({'a','b'},{1,'x'}); m.values({'c'})
catch e
  disp (e.message)
end
clear
try
  m=containers.Map({'a','b'},{1,'x'}); values(m)
catch e
  disp (e.message)
end
clear
try
  m=containers.Map({'a','b'},{1,'x'}); m.isKey('a'), m.isKey({'a','z'}), isKey(m,5)
catch e
  disp (e.message)
end
clear
try
  m=containers.Map({'a','b'},{1,'x'}); m.remove('a'); m.Count, m.length(), numel(m), length(m), isempty(m)
catch e
  disp (e.message)
end
clear
try
  m=containers.Map({'a','b'},{1,'x'}); m.remove('z');
catch e
  disp (e.message)
end
clear
try
  m=containers.Map({'a','b'},{1,'x'}); m(5)
catch e
  disp (e.message)
end
clear
try
  m=containers.Map({'a','b'},{1,'x'}); m(5)=1
catch e
  disp (e.message)
end
clear
try
  m=containers.Map([1 2 3],{4,5,6}); m.KeyType, m.ValueType
catch e
  disp (e.message)
end
clear
try
  m=containers.Map({'a','b'},{1,2}); m.KeyType, m.ValueType
catch e
  disp (e.message)
end
clear
try
  m=containers.Map({'a','b'},{'x','y'}); m.ValueType
catch e
  disp (e.message)
end
clear
try
  m=containers.Map({'a','b'},{1,'y'}); m.ValueType
catch e
  disp (e.message)
end
clear
try
  m=containers.Map({'a','b'},{1,2},'UniformValues',true); m.ValueType
catch e
  disp (e.message)
end
clear
try
  m=containers.Map({'a'},{1,2})
catch e
  disp (e.message)
end
clear
try
  m=containers.Map(1,2); m.KeyType
catch e
  disp (e.message)
end
clear
try
  m=containers.Map(single(1),2); m.KeyType
catch e
  disp (e.message)
end
clear
try
  m=containers.Map(int32(1),2); m.KeyType
catch e
  disp (e.message)
end
clear
try
  m=containers.Map('KeyType','char','ValueType','double'); m('a')='str'
catch e
  disp (e.message)
end
clear
try
  m=containers.Map('KeyType','foo','ValueType','double');
catch e
  disp (e.message)
end
clear
try
  m=containers.Map('KeyType','int32','ValueType','double'); m(1.5)=3; m.keys()
catch e
  disp (e.message)
end
clear
try
  m=containers.Map(); class(m), isobject(m)
catch e
  disp (e.message)
end
clear
try
  m=containers.Map()
catch e
  disp (e.message)
end
clear
try
  m=containers.Map({'a','b'},{1,2}); disp(m)
catch e
  disp (e.message)
end
clear
try
  m=containers.Map(); m.Foo
catch e
  disp (e.message)
end
clear
try
  m=containers.Map({'a','b'},{1,2}); m(1,2)
catch e
  disp (e.message)
end
clear
try
  m=containers.Map({'a','b'},{1,2}); n=[m; containers.Map('c',3)]; n.keys()
catch e
  disp (e.message)
end
clear
try
  m=containers.Map({'a','b'},{1,2}); for k=m.keys(), disp(k{1}), end
catch e
  disp (e.message)
end
clear
try
  m=containers.Map({'a','b'},{1,2}); m('a')+=5; m('a')
catch e
  disp (e.message)
end
clear
try
  m=containers.Map({'a','a'},{1,2}); m.Count
catch e
  disp (e.message)
end
clear
try
  m=containers.Map([3 1 2],{'c','a','b'}); m.keys(), m.values()
catch e
  disp (e.message)
end
clear
try
  m=containers.Map('KeyType','char','ValueType','any'); m('x')=[1 2 3]; m('x')(2)
catch e
  disp (e.message)
end
clear
try
  m=containers.Map(); n=m; n('k')=1; m.Count
catch e
  disp (e.message)
end
clear
try
  m=containers.Map({'a','b'},{1,2}); keys(m)
catch e
  disp (e.message)
end
clear
try
  m=containers.Map({'a','b'},{1,2}); m.length
catch e
  disp (e.message)
end
clear
try
  m=containers.Map({'a','b'},{1,2}); size(m), ndims(m)
catch e
  disp (e.message)
end
clear
try
  m=containers.Map({1,2},{3,4}); m.KeyType
catch e
  disp (e.message)
end
clear
try
  m=containers.Map({1,'a'},{3,4}); m.KeyType
catch e
  disp (e.message)
end
clear
try
  m=containers.Map('a',{1,2}); m('a')
catch e
  disp (e.message)
end
clear
try
  m=containers.Map({'a','b'},'xy')
catch e
  disp (e.message)
end
