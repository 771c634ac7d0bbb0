//! The runner against real databases: order, leases, crashes, periods, stopping.

#[cfg(test)]
mod crashes;
#[cfg(test)]
mod desk;
#[cfg(test)]
mod follower;
#[cfg(test)]
mod lanes;
#[cfg(test)]
mod loops;
#[cfg(test)]
mod periods;
