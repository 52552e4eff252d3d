class DoesNotFit(ValueError):
    pass


def joined_shape(shapes, dim):
    first = shapes[0]
    template = list(first)
    template[dim] = None
    total = 0
    for shape in shapes:
        blanked = list(shape)
        if len(blanked) != len(template):
            raise DoesNotFit("another number of axes")
        total += blanked[dim]
        blanked[dim] = None
        if blanked != template:
            raise DoesNotFit("another length")
    template[dim] = total
    return torch.Size(template)
