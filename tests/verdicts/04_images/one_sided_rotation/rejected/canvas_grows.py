# feedback: `expand=True`
def turn_left(max_degrees):
    return v2.RandomRotation((0, max_degrees), expand=True)
