% Moments, dates, day numbers.
x=strftime('%5d|%-d|%_d|%E|%Ey|%Od|%',gmtime(0))
strftime('%Y',struct('year',100))
strftime("%Y-%m-%d",struct('year',100,'mon',1,'mday',30))
strftime("%e %k %l %j %s %Z|",struct('year',100,'mon',1,'mday',3))
strftime('abc',gmtime(0))
strftime('',gmtime(0))
try, strftime(5,gmtime(0)), catch e, disp(e.message), end
try, strftime('%Y',5), catch e, disp(e.message), end
try, mktime(5), catch e, disp(e.message), end
try, gmtime('a'), catch e, disp(e.message), end
gmtime(-1.5)
mktime(struct('year',70,'mon',0,'mday',1,'hour',0,'min',0,'sec',90,'usec',250000))
mktime(struct('year',70,'mon',14,'mday',1,'hour',0,'min',0,'sec',0,'usec',0,'isdst',0))
try, datenum('foo'), catch e, disp(e.message), end
try, datenum([1 2]), catch e, disp(e.message), end
try, datenum(2000,[1 2],[1 2 3]), catch e, disp(e.message), end
datenum(2000,[1 2 3],1)
datenum(2000.5,1.5,1)
datenum(2000,0,1)
datenum(2000,-5,1)
datenum(2000,1,1,12,30,15)
[d,s]=datenum(2000,1,1,12,30,15)
datenum('01/02/2020')
datenum({'2020-01-02';'2021-03-04'})
[y,m,d]=datevec(730000.75)
[y,m,d]=datevec([730000.75 730001])
datevec([730000.75;730001])
try, addtodate(1,1,'foo'), catch e, disp(e.message), end
addtodate(730000,[1 2 3],'months')
addtodate([730000;730001],1,'years')
addtodate(730000,2,'hours')
try, weekday('foo'), catch e, disp(e.message), end
[a,b]=weekday([738000 738001])
weekday({'2020-01-02','2020-01-03'})
eomday([2000 2001],[2 2])
datestr([2020 1 2 3 4 59.9999])
datestr(730000,'dddd dd mmmm yyyy')
datestr(730000,'ddd d mmm m yy')
datestr(730000.999999)
datestr({'2020-01-02','2020-01-03'})
datestr(730000,'HH:MM PM')
datestr([2020 13 2 3 4 5])
asctime(struct('year',100,'mon',1,'mday',3,'hour',0,'min',0,'sec',0,'wday',0))
datevec('03-Mar-2020 10:11:12')
datevec('Mar.03,2020')
datevec('2020/03/04')
datevec('10/11','mm/dd')(2:3)
datevec('2020-03-04 05:06:07.890','yyyy-mm-dd HH:MM:SS.FFF')
datevec('Mar20')
datevec('20200304T050607','yyyymmddTHHMMSS')
t=gmtime(0)
for i=0:31, printf("%d <%s>\n",i,datestr(730000.123456,i)); end
asctime(gmtime(1e9))
[n,s]=weekday(738000,'long')
calendar(2020,2)
[t,n]=strptime('2020-01-02','%Y-%m-%d')
