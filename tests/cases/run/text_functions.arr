% functions of text
clear
try
  x=strcat('a ','b ')
catch e
  disp (e.message)
end
clear
try
  x=strcat({'a '},'b ')
catch e
  disp (e.message)
end
clear
try
  x=strcat("a ","b")
catch e
  disp (e.message)
end
clear
try
  x=strcat(['a ';'bb'],'c')
catch e
  disp (e.message)
end
clear
try
  x=strcat('a',{'b','c'})
catch e
  disp (e.message)
end
clear
try
  x=strcat()
catch e
  disp (e.message)
end
clear
try
  x=strcat(1,2)
catch e
  disp (e.message)
end
clear
try
  x=strcat({'a','b'},{'c';'d'})
catch e
  disp (e.message)
end
clear
try
  x=strfind('abc','z')
catch e
  disp (e.message)
end
clear
try
  x=strfind('','z')
catch e
  disp (e.message)
end
clear
try
  x=strfind('abcbc','bc')
catch e
  disp (e.message)
end
clear
try
  x=strfind({'abc','bcd'},'bc')
catch e
  disp (e.message)
end
clear
try
  x=strfind(1,'a')
catch e
  disp (e.message)
end
clear
try
  x=strfind('abc',1)
catch e
  disp (e.message)
end
clear
try
  x=strrep('abc','b',1)
catch e
  disp (e.message)
end
clear
try
  x=strrep('','b','c')
catch e
  disp (e.message)
end
clear
try
  x=strtrim(5)
catch e
  disp (e.message)
end
clear
try
  x=strtrim({1})
catch e
  disp (e.message)
end
clear
try
  x=strtrim(['  a ';' bb '])
catch e
  disp (e.message)
end
clear
try
  x=strsplit('a,b,,c',',')
catch e
  disp (e.message)
end
clear
try
  x=strsplit('a b  c')
catch e
  disp (e.message)
end
clear
try
  x=strsplit('a,b;c',{',',';'})
catch e
  disp (e.message)
end
clear
try
  x=strsplit('',',')
catch e
  disp (e.message)
end
clear
try
  x=strsplit('abc','')
catch e
  disp (e.message)
end
clear
try
  x=strjoin({'a','b'},', ')
catch e
  disp (e.message)
end
clear
try
  x=strjoin({},', ')
catch e
  disp (e.message)
end
clear
try
  x=strjoin({'a','b'})
catch e
  disp (e.message)
end
clear
try
  x=ostrsplit('a:b;c',':;')
catch e
  disp (e.message)
end
clear
try
  x=ostrsplit('a::b',':',true)
catch e
  disp (e.message)
end
clear
try
  x=strtok('hello world')
catch e
  disp (e.message)
end
clear
try
  [t,r]=strtok('hello world')
catch e
  disp (e.message)
end
clear
try
  [t,r]=strtok('  hello world',' w')
catch e
  disp (e.message)
end
clear
try
  [t,r]=strtok('')
catch e
  disp (e.message)
end
clear
try
  [t,r]=strtok({'a b','c d'})
catch e
  disp (e.message)
end
clear
try
  x=upper({'a','b'})
catch e
  disp (e.message)
end
clear
try
  x=upper(5)
catch e
  disp (e.message)
end
clear
try
  x=blanks(3)
catch e
  disp (e.message)
end
clear
try
  x=size(blanks(0))
catch e
  disp (e.message)
end
clear
try
  x=blanks(-1)
catch e
  disp (e.message)
end
clear
try
  x=deblank('ab  ')
catch e
  disp (e.message)
end
clear
try
  x=deblank({'a ','b '})
catch e
  disp (e.message)
end
clear
try
  x=size(deblank('   '))
catch e
  disp (e.message)
end
clear
try
  x=size(strtrim('   '))
catch e
  disp (e.message)
end
clear
try
  x=isspace({'a b'})
catch e
  disp (e.message)
end
clear
try
  x=isalpha(5)
catch e
  disp (e.message)
end
clear
try
  x=substr('hello',2,3)
catch e
  disp (e.message)
end
clear
try
  x=regexptranslate('escape','a.b*c')
catch e
  disp (e.message)
end
clear
try
  x=validatestring('r',{'red','green'})
catch e
  disp (e.message)
end
clear
try
  x=validatestring('x',{'red','green'})
catch e
  disp (e.message)
end
clear
try
  x=validatestring('gre',{'green','grey'})
catch e
  disp (e.message)
end
clear
try
  x=startsWith('hello','he')
catch e
  disp (e.message)
end
clear
try
  x=startsWith({'hello','abc'},{'he','ab'})
catch e
  disp (e.message)
end
clear
try
  x=endsWith('hello','lo','IgnoreCase',true)
catch e
  disp (e.message)
end
clear
try
  x=strjust(['a  ';'bb '],'right')
catch e
  disp (e.message)
end
clear
try
  x=untabify("\ta")
catch e
  disp (e.message)
end
clear
try
  x=toascii('a')
catch e
  disp (e.message)
end
clear
try
  x=strncmp('abc','abd',2)
catch e
  disp (e.message)
end
clear
try
  x=strncmp({'abc','xyz'},'abd',2)
catch e
  disp (e.message)
end
clear
try
  x=strncmp('abc','abd',0)
catch e
  disp (e.message)
end
clear
try
  x=strcmp({'a','b'},{'a','c'})
catch e
  disp (e.message)
end
clear
try
  x=strcmp({'a','b'},{'a';'b'})
catch e
  disp (e.message)
end
clear
try
  x=strcmp({'a','b'},{'a','b','c'})
catch e
  disp (e.message)
end
clear
try
  x=strcmp('a',97)
catch e
  disp (e.message)
end
clear
try
  x=strcmp(['ab';'cd'],{'ab';'cd'})
catch e
  disp (e.message)
end
clear
try
  x=strcmp(['ab';'cd'],'ab')
catch e
  disp (e.message)
end
clear
try
  x=strcmp('','')
catch e
  disp (e.message)
end
clear
try
  x=strcmp('',[])
catch e
  disp (e.message)
end
clear
try
  x=strcmp({},'a')
catch e
  disp (e.message)
end
clear
try
  x=strcmpi('ABC','abc')
catch e
  disp (e.message)
end
clear
try
  x=strncmpi('ABC','abd',2)
catch e
  disp (e.message)
end
clear
try
  x=cstrcat('a ','b')
catch e
  disp (e.message)
end
clear
try
  x=strvcat('a','','bcd')
catch e
  disp (e.message)
end
clear
try
  x=char('a','','bcd')
catch e
  disp (e.message)
end
clear
try
  x=char({'a','bc'},'d')
catch e
  disp (e.message)
end
clear
try
  x=char([72 105])
catch e
  disp (e.message)
end
clear
try
  x=char({65,'b'})
catch e
  disp (e.message)
end
clear
try
  x=char(-1)
catch e
  disp (e.message)
end
clear
try
  x=double(char(200))
catch e
  disp (e.message)
end
clear
try
  x=index('abcabc','b')
catch e
  disp (e.message)
end
clear
try
  x=rindex('abcabc','b')
catch e
  disp (e.message)
end
clear
try
  x=index('abcabc','b','last')
catch e
  disp (e.message)
end
clear
try
  x=strchr('hello','l')
catch e
  disp (e.message)
end
clear
try
  x=do_string_escapes('a\nb')
catch e
  disp (e.message)
end
clear
try
  x=undo_string_escapes("a\nb\t\"")
catch e
  disp (e.message)
end
clear
try
  x=mat2str([1 2])
catch e
  disp (e.message)
end
clear
try
  x=cellstr(['ab ';'cd '])
catch e
  disp (e.message)
end
clear
try
  x=cellstr('')
catch e
  disp (e.message)
end
clear
try
  x=cellstr({})
catch e
  disp (e.message)
end
clear
try
  x=ischar({'a'})
catch e
  disp (e.message)
end
clear
try
  x=iscellstr({'a',1})
catch e
  disp (e.message)
end
clear
try
  x=columns([1 2 3])
catch e
  disp (e.message)
end
clear
try
  x=merge(true,1,2)
catch e
  disp (e.message)
end
clear
try
  x=merge([true false],[1 2],[3 4])
catch e
  disp (e.message)
end
clear
try
  x=erase('hello','l')
catch e
  disp (e.message)
end
clear
try
  x=isstrprop('ab1','alpha')
catch e
  disp (e.message)
end
clear
try
  x=toupper('abc')
catch e
  disp (e.message)
end
clear
try
  x=str2double('1.5')
catch e
  disp (e.message)
end
clear
try
  x=str2double({'1','x'})
catch e
  disp (e.message)
end
clear
try
  x=strsplit('a||b','||')
catch e
  disp (e.message)
end
clear
try
  x=strsplit('a\tb','\t')
catch e
  disp (e.message)
end
clear
try
  [a,b]=strsplit('a,b',',')
catch e
  disp (e.message)
end
clear
try
  x=strsplit(5)
catch e
  disp (e.message)
end
clear
try
  x=lower(@sin)
catch e
  disp (e.message)
end
