def stratified_split(labels, share, seed):
    import random
    chance = random.Random(seed)
    held = set()
    for c in set(labels.tolist()):
        places = [i for i, y in enumerate(labels.tolist()) if y == c]
        held.update(chance.sample(places, math.floor(share * len(places))))
    return [i for i in range(len(labels)) if i not in held], sorted(held)
