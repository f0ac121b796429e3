package galois.cluster;

/** Life of a subquery at the cluster manager. */
enum DeploymentPhase {
    /** Waits for nodes, then for its turn to be placed and compiled. */
    WAITING,
    /**
     * Nodes said that they run parts of it; whether they are all is known when every node spoke.
     */
    ADOPTED,
    /** Sink and kernels are assigned; not all of them run. */
    STARTING,
    /** Sink and kernels run; the producer was told. */
    CONNECTING,
    /** Every part runs. */
    RUNNING,
    /** Withdrawn, or to be replaced; the roles are letting go. */
    ENDING
}
