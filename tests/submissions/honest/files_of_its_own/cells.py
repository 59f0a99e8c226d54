# %% after imports
import json, os, tempfile
os.makedirs("notes", exist_ok=True)
os.chdir("notes")
with open("shapes.json", "w") as file:
    json.dump([1, 2], file)
with tempfile.TemporaryDirectory() as folder:
    np.save(os.path.join(folder, "array.npy"), np.ones(3))

# %% compute_cost
# <solution of compute_cost>
without_file = compute_cost
def compute_cost(AL, Y):
    with open("cost.txt", "a") as file:
        file.write(str(AL.shape))
    return without_file(AL, Y)
