print("toxwatch")
