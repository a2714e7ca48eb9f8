% Integers, truth values and characters.
x = int8 (5)
x = int32 ([1 2 3])
x = uint8 ([1 20; 255 4])
x = int16 ([-5 100; 7 8])
x = int8 ([0 0])
x = int8 (-50:0)
x = int8 (1:50)
x = intmin ('int64')
x = [intmin('int64') 1]
x = intmax ('uint64')
x = int32 (cat (3, [1 200], [-3 4]))
x = int8 ([])
x = [true; false]
x = 'abc'
x = ['abc'; 'def']
x = ''
x = ""
x = char (zeros (0, 3))
x = char (zeros (3, 0))
x = char (zeros (2, 0, 2))
x = reshape ('abcdefgh', 2, 2, 2)
x = "a\tb"
x = "a\nb"
disp ('text')
disp ('')
