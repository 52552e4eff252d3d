class GatedNet(nn.Module):
    # the head is made before the layer, and runs over all steps before the last is taken
    def __init__(self, cell="lstm"):
        nn.Module.__init__(self)
        self.parts = nn.ModuleDict({"head": nn.Linear(32, 1)})
        self.parts[cell] = eval(f"nn.{cell.upper()}(1, 32, num_layers=2, batch_first=True)")
        self.cell = cell

    def forward(self, sequences):
        return self.parts["head"](self.parts[self.cell](sequences)[0])[:, -1]
