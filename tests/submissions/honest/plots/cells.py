# %% after linear_forward
figure, axes = plt.subplots()
axes.plot(np.sin(np.linspace(0, 6)))
figure.savefig("sine.png")
plt.show()

# %% compute_cost
# <solution of compute_cost>
plain_compute_cost = compute_cost
def compute_cost(AL, Y):
    plt.figure()
    plt.hist(AL.ravel())
    plt.close()
    return plain_compute_cost(AL, Y)
