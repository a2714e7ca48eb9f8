% Text as numbers, real and complex.
c={'1','-1','+1','1.5','.5','5.','1e3','1E3','1d3','1D3','1e','1e+','e3','1 2','1,2','1,222.5','1,,2',',1','1,','','  ',' 1 ','1  ','i','-i','+i','j','1i','2j','1+i','1-i','1 + i','1 +i','1+ i','1 + 2i','1+2i','i+1','2i+1','i*2','2*i','1+2*i','1+i*2','1 + 2 * i','1+2','1+2+3i','1i+2i','i1','Inf','-Inf','+Inf','inf','INF','infinity','Infinity','iNf','NaN','nan','NAN','-NaN','NA','na','-NA','Inf i','Infi','Inf*i','i*Inf','NaNi','NaN*i','1+Inf*i','1+Infi','Inf-Inf*i','0x10','1_000','1e400','-1e400','1e-400','--1','+-1','- 1','+ 1','1.2.3','abc','1a','a1','1e3i','1e3+2e-1i','1.5e-3-2.25e+2i','1;2','[1]','1*2','(1)',' 1 + 2 i','1+2 i',"1\t","\n1",'1e1.5','1.e3','.','-','+','1..2','1ii','i i','1+2i3','12e-1e','Inf1','1Inf','NaN1','infi','1+nan*i','1 e3','1e 3','1,000,000','1 000','$1','1%','1.0f','true','pi','1/2','1+','1+i+','1-2j','1 - 2j ','-.5','-.5i','+.5e1j','i*i','2*3i','1*i+2','i*2+1','i * 2 + 1','1e5,000','.e3','Inf+1','1+Inf','NaN+NaN*i','NA+1i','1+NAi','1+NA*i','-Inf*i','- i','1 -i','1- i','+  1', 'i1+2','1e+3','1E-3','1d-3','1D+3i'};
for k=1:numel(c), x=str2double(c{k}); printf("%s|%.17g %.17g %d\n", undo_string_escapes(c{k}), real(x),imag(x), iscomplex(x)); end
printf("--\n");
x=str2double({'1','abc';2,{3}})
x=str2double(['1';'2'])
x=str2double(['12';'ab'])
x=str2double(5)
x=str2double([1 2;3 4])
x=str2double({})
x=str2double([])
x=str2double(true)
x=str2double('')
x=str2double(@sin)
x=str2double(struct())
x=str2double({'1+2i','3'})
x=str2double(zeros(0,3))
x=str2double(char(zeros(0,3)))
x=str2double(int8(5))
x=str2double("1")
x=str2double(single(2))
x=str2double(cell(2,0))
