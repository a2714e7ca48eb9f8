% Arguments whose sizes do not go together.
function said (f)
  try
    disp (f ())
  catch err
    disp (err.message)
  end
end
said (@() bitset ([1 2 3], 1, [1 0]))
said (@() bitset (6, 1, []))
said (@() bitset ([8 9], 1, [1 0]))
said (@() hist ([1 2 3], 1, []))
said (@() hist ([1 2 3], []))
said (@() hist ([1 2 3], zeros (2)))
said (@() hist ([1 2 3], 2, [1 2]))
