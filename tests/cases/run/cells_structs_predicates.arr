% cell arrays, structs, predicates
clear
try
  x=cellfun(@(x) [1 2],{1,2})
catch e
  disp (e.message)
end
clear
try
  x=cellfun(@(x) 'ab',{1,2})
catch e
  disp (e.message)
end
clear
try
  x=cellfun(@(x) {1},{1,2})
catch e
  disp (e.message)
end
clear
try
  x=cellfun(@(x) x,{1,true})
catch e
  disp (e.message)
end
clear
try
  x=cellfun(@(x) x,{1,'a'})
catch e
  disp (e.message)
end
clear
try
  x=cellfun(@(x) x,{1,single(2)})
catch e
  disp (e.message)
end
clear
try
  x=cellfun(@(x) x,{})
catch e
  disp (e.message)
end
clear
try
  x=cellfun(@(x) x,{},'UniformOutput',false)
catch e
  disp (e.message)
end
clear
try
  x=cellfun(@(x,y) x+y,{1,2},{1,2,3})
catch e
  disp (e.message)
end
clear
try
  x=cellfun('isempty',{1,[],{}})
catch e
  disp (e.message)
end
clear
try
  x=cellfun(@isempty,{1,[],{}})
catch e
  disp (e.message)
end
clear
try
  x=cellfun('length',{1,[1 2],'abc'})
catch e
  disp (e.message)
end
clear
try
  x=cellfun('size',{1,[1 2],'abc'},2)
catch e
  disp (e.message)
end
clear
try
  x=cellfun('isclass',{1,'a'},'char')
catch e
  disp (e.message)
end
clear
try
  x=cellfun(@numel,{1,'abc'})
catch e
  disp (e.message)
end
clear
try
  x=cellfun(@(x) error('boo'),{1,2},'ErrorHandler',@(e,x) e.index)
catch e
  disp (e.message)
end
clear
try
  x=cellfun(@(x) error('my:id','boo'),{1,2},'ErrorHandler',@(e,x) e,'UniformOutput',false); x{2}
catch e
  disp (e.message)
end
clear
try
  [a,b]=cellfun(@max,{[1 5 2],[7 3]})
catch e
  disp (e.message)
end
clear
try
  [a,b]=cellfun(@max,{[1 5 2],[7 3]},'UniformOutput',false)
catch e
  disp (e.message)
end
clear
try
  x=cellfun(@upper,{'a','b'},'UniformOutput',false)
catch e
  disp (e.message)
end
clear
try
  x=cellfun(@(x) disp(x),{1,2})
catch e
  disp (e.message)
end
clear
try
  cellfun(@(x) disp(x),{1,2})
catch e
  disp (e.message)
end
clear
try
  cellfun(@(x) printf('%d\n',x),{1,2});
catch e
  disp (e.message)
end
clear
try
  x=cellfun(5,{1})
catch e
  disp (e.message)
end
clear
try
  x=cellfun(@sin,5)
catch e
  disp (e.message)
end
clear
try
  x=cellfun(@(x) x*1i,{1,2})
catch e
  disp (e.message)
end
clear
try
  x=arrayfun(@(x) x^2,[1 2;3 4])
catch e
  disp (e.message)
end
clear
try
  x=arrayfun(@(x) {x},[1 2])
catch e
  disp (e.message)
end
clear
try
  x=arrayfun(@(x) x*[1 1],[1 2])
catch e
  disp (e.message)
end
clear
try
  x=arrayfun(@(x) x*[1 1],[1 2],'UniformOutput',false)
catch e
  disp (e.message)
end
clear
try
  x=arrayfun(@(x,y) x+y,[1 2],[3 4 5])
catch e
  disp (e.message)
end
clear
try
  x=arrayfun(@(s) s.a,struct('a',{1,2,3}))
catch e
  disp (e.message)
end
clear
try
  x=arrayfun(@(c) class(c),{1,'a'},'UniformOutput',false)
catch e
  disp (e.message)
end
clear
try
  x=arrayfun(@(x) x,'abc')
catch e
  disp (e.message)
end
clear
try
  x=arrayfun(@(x) x,[])
catch e
  disp (e.message)
end
clear
try
  x=structfun(@(x) x*2,struct('a',1,'b',2))
catch e
  disp (e.message)
end
clear
try
  x=structfun(@(x) x*2,struct('a',1,'b',2),'UniformOutput',false)
catch e
  disp (e.message)
end
clear
try
  x=cell2mat({1 2;3 4})
catch e
  disp (e.message)
end
clear
try
  x=cell2mat({[1 2],[3];[4 5],[6]})
catch e
  disp (e.message)
end
clear
try
  x=cell2mat({'ab','cd'})
catch e
  disp (e.message)
end
clear
try
  x=cell2mat({})
catch e
  disp (e.message)
end
clear
try
  x=cell2mat({1,'a'})
catch e
  disp (e.message)
end
clear
try
  x=cell2mat(5)
catch e
  disp (e.message)
end
clear
try
  x=cell2mat({{1},{2}})
catch e
  disp (e.message)
end
clear
try
  x=num2cell([1 2;3 4])
catch e
  disp (e.message)
end
clear
try
  x=num2cell([1 2;3 4],1)
catch e
  disp (e.message)
end
clear
try
  x=num2cell('ab')
catch e
  disp (e.message)
end
clear
try
  x=num2cell({1,2})
catch e
  disp (e.message)
end
clear
try
  x=num2cell([])
catch e
  disp (e.message)
end
clear
try
  x=mat2cell([16 2 3 13;5 11 10 8;9 7 6 12;4 14 15 1],[2 2],[3 1])
catch e
  disp (e.message)
end
clear
try
  x=mat2cell((1:4)',[1 3])
catch e
  disp (e.message)
end
clear
try
  x=mat2cell([16 2 3 13;5 11 10 8;9 7 6 12;4 14 15 1],[2 3],[3 1])
catch e
  disp (e.message)
end
clear
try
  x=cellslices(1:4,[1 3],[2 4])
catch e
  disp (e.message)
end
clear
try
  x=struct2cell(struct('a',1,'b','x'))
catch e
  disp (e.message)
end
clear
try
  x=struct2cell(struct('a',{1,2}))
catch e
  disp (e.message)
end
clear
try
  x=cell2struct({1;2},{'a';'b'},1)
catch e
  disp (e.message)
end
clear
try
  x=cell2struct({1,2},{'a','b'},2)
catch e
  disp (e.message)
end
clear
try
  x=cell2struct({1 2;3 4},{'a','b'},2)
catch e
  disp (e.message)
end
clear
try
  x=cell2struct({1;2},{'a'},1)
catch e
  disp (e.message)
end
clear
try
  [a,b]=deal(1,2)
catch e
  disp (e.message)
end
clear
try
  [a,b]=deal(7)
catch e
  disp (e.message)
end
clear
try
  [a,b]=deal(1,2,3)
catch e
  disp (e.message)
end
clear
try
  x=cell(2)
catch e
  disp (e.message)
end
clear
try
  x=cell(2,3)
catch e
  disp (e.message)
end
clear
try
  x=cell(-1)
catch e
  disp (e.message)
end
clear
try
  x=iscell({})
catch e
  disp (e.message)
end
clear
try
  x=cellfun(@numel,{'a';'bc'})
catch e
  disp (e.message)
end
clear
try
  x=struct('a',1,'b',{{1,2}})
catch e
  disp (e.message)
end
clear
try
  x=struct('a',{})
catch e
  disp (e.message)
end
clear
try
  x=struct('a',{1,2},'b',{3,4,5})
catch e
  disp (e.message)
end
clear
try
  x=struct('a')
catch e
  disp (e.message)
end
clear
try
  x=struct(5)
catch e
  disp (e.message)
end
clear
try
  x=struct('1a',2)
catch e
  disp (e.message)
end
clear
try
  x=struct('a',{1,2;3,4}); size(x)
catch e
  disp (e.message)
end
clear
try
  x=fieldnames(struct('a',1,'b',2))
catch e
  disp (e.message)
end
clear
try
  x=fieldnames(5)
catch e
  disp (e.message)
end
clear
try
  x=isfield(struct('a',1),'a')
catch e
  disp (e.message)
end
clear
try
  x=isfield(struct('a',1),{'a','b'})
catch e
  disp (e.message)
end
clear
try
  x=isfield(5,'a')
catch e
  disp (e.message)
end
clear
try
  x=rmfield(struct('a',1,'b',2),'a')
catch e
  disp (e.message)
end
clear
try
  x=rmfield(struct('a',1,'b',2),'c')
catch e
  disp (e.message)
end
clear
try
  x=rmfield(struct('a',1,'b',2),{'a','b'})
catch e
  disp (e.message)
end
clear
try
  x=setfield(struct('a',1),'b',2)
catch e
  disp (e.message)
end
clear
try
  x=getfield(struct('a',[1 2 3]),'a',{2})
catch e
  disp (e.message)
end
clear
try
  x=getfield(struct('a',[1 2 3]),'b')
catch e
  disp (e.message)
end
clear
try
  x=orderfields(struct('b',1,'a',2))
catch e
  disp (e.message)
end
clear
try
  [x,p]=orderfields(struct('b',1,'a',2))
catch e
  disp (e.message)
end
clear
try
  x=orderfields(struct('b',1,'a',2),{'a','b'})
catch e
  disp (e.message)
end
clear
try
  x=orderfields(struct('b',1,'a',2),[2 1])
catch e
  disp (e.message)
end
clear
try
  x=isstruct(5)
catch e
  disp (e.message)
end
clear
try
  x=numfields(struct('a',1,'b',2))
catch e
  disp (e.message)
end
clear
try
  x=numfields(5)
catch e
  disp (e.message)
end
clear
try
  x=substruct('()',{1},'.','f')
catch e
  disp (e.message)
end
clear
try
  x=subsref([1 2 3],struct('type','()','subs',{{2}}))
catch e
  disp (e.message)
end
clear
try
  x=subsasgn([1 2 3],substruct('()',{2}),9)
catch e
  disp (e.message)
end
clear
try
  x=struct('a',{{}})
catch e
  disp (e.message)
end
clear
try
  x=isrow([1 2 3])
catch e
  disp (e.message)
end
clear
try
  x=isvector([])
catch e
  disp (e.message)
end
clear
try
  x=isvector(5)
catch e
  disp (e.message)
end
clear
try
  x=isscalar([])
catch e
  disp (e.message)
end
clear
try
  x=ismatrix(5)
catch e
  disp (e.message)
end
clear
try
  x=issquare(zeros(2,2,2))
catch e
  disp (e.message)
end
clear
try
  x=isequal(1,1,1)
catch e
  disp (e.message)
end
clear
try
  x=isequal('a',97)
catch e
  disp (e.message)
end
clear
try
  x=isequal({1,'a'},{1,'a'})
catch e
  disp (e.message)
end
clear
try
  x=isequal(struct('a',1,'b',2),struct('b',2,'a',1))
catch e
  disp (e.message)
end
clear
try
  x=isequal([1 2],[1 2 3])
catch e
  disp (e.message)
end
clear
try
  x=isequal(NaN,NaN)
catch e
  disp (e.message)
end
clear
try
  x=isequaln(NaN,NaN)
catch e
  disp (e.message)
end
clear
try
  x=isequal(@sin,@sin)
catch e
  disp (e.message)
end
clear
try
  x=isequal('abc','abc')
catch e
  disp (e.message)
end
clear
try
  x=isa(1,'numeric')
catch e
  disp (e.message)
end
clear
try
  x=isa(1,'float')
catch e
  disp (e.message)
end
clear
try
  x=isa(int8(1),{'integer','float','int8'})
catch e
  disp (e.message)
end
clear
try
  x=isreal(1i)
catch e
  disp (e.message)
end
clear
try
  x=isreal('a')
catch e
  disp (e.message)
end
clear
try
  x=isreal({1})
catch e
  disp (e.message)
end
clear
try
  x=isnumeric(true)
catch e
  disp (e.message)
end
clear
try
  x=isfloat('a')
catch e
  disp (e.message)
end
clear
try
  x=is_function_handle(@sin)
catch e
  disp (e.message)
end
clear
try
  x=func2str(@sin)
catch e
  disp (e.message)
end
clear
try
  x=func2str(@(x) x+1)
catch e
  disp (e.message)
end
clear
try
  x=str2func('sin')
catch e
  disp (e.message)
end
clear
try
  x=str2func('@(x) x+1')
catch e
  disp (e.message)
end
clear
try
  x=func2str(5)
catch e
  disp (e.message)
end
clear
try
  x=str2func(5)
catch e
  disp (e.message)
end
clear
try
  x=sizeof([1 2 3])
catch e
  disp (e.message)
end
clear
try
  x=sizeof({1,2})
catch e
  disp (e.message)
end
clear
try
  x=sizeof('abc')
catch e
  disp (e.message)
end
clear
try
  x=sizeof(1:3)
catch e
  disp (e.message)
end
clear
try
  x=iscolumn([])
catch e
  disp (e.message)
end
clear
try
  x=iscomplex(1i)
catch e
  disp (e.message)
end
clear
try
  x=isobject(5)
catch e
  disp (e.message)
end
clear
try
  x=isnull([])
catch e
  disp (e.message)
end
