// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Sets how events are delivered: how many wait, how they are sent, and for how long.

use std::time::Duration;

use super::{BatchPolicy, BreakerPolicy, Profile, QueuePolicy, RatePolicy, RetryPolicy};

impl Profile {
    /// Sets how much may wait for delivery. Default: [`QueuePolicy::DEFAULT`].
    ///
    /// # Panics
    ///
    /// If a batch has more events than the queue holds; in a constant that is a compile error.
    ///
    /// ```
    /// # use telemetry_core::Profile;
    /// # use telemetry_core::profile::QueuePolicy;
    /// const PROFILE: Profile = Profile::new("shop", "1").queue(QueuePolicy::of(5000));
    /// ```
    #[must_use]
    pub const fn queue(mut self, policy: QueuePolicy) -> Self {
        self.queue = policy;
        self.with_batches_that_fit()
    }

    /// Sets how many events of one name are reported in a minute at most. Default: [`RatePolicy::DEFAULT`].
    ///
    /// ```
    /// # use telemetry_core::Profile;
    /// # use telemetry_core::profile::RatePolicy;
    /// const PROFILE: Profile = Profile::new("shop", "1").rate(RatePolicy::per_minute(600));
    /// ```
    #[must_use]
    pub const fn rate(mut self, policy: RatePolicy) -> Self {
        self.rate = policy;
        self
    }

    /// Sets which events share a request. Default: [`BatchPolicy::SINGLE`].
    ///
    /// # Panics
    ///
    /// If the queue does not hold as many events; in a constant that is a compile error. Set a larger queue first.
    ///
    /// ```
    /// # use telemetry_core::Profile;
    /// # use telemetry_core::profile::BatchPolicy;
    /// const PROFILE: Profile = Profile::new("shop", "1").batch(BatchPolicy::of(50));
    /// ```
    #[must_use]
    pub const fn batch(mut self, policy: BatchPolicy) -> Self {
        self.batch = policy;
        self.with_batches_that_fit()
    }

    const fn with_batches_that_fit(self) -> Self {
        assert!(
            self.batch.max_records <= self.queue.max_records,
            "a batch is larger than the queue: set a larger queue before the batch"
        );
        self
    }

    /// Sets how often a request is tried again. Default: [`RetryPolicy::NEVER`].
    ///
    /// ```
    /// # use telemetry_core::Profile;
    /// # use telemetry_core::profile::RetryPolicy;
    /// const PROFILE: Profile = Profile::new("shop", "1").retry(RetryPolicy::attempts(4));
    /// ```
    #[must_use]
    pub const fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = policy;
        self
    }

    /// Sets when a collector that does not answer is left alone. Default: [`BreakerPolicy::DEFAULT`].
    ///
    /// ```
    /// # use telemetry_core::Profile;
    /// # use std::time::Duration;
    /// # use telemetry_core::profile::BreakerPolicy;
    /// const PROFILE: Profile = Profile::new("shop", "1").breaker(BreakerPolicy::after(3, Duration::from_secs(30)));
    /// ```
    #[must_use]
    pub const fn breaker(mut self, policy: BreakerPolicy) -> Self {
        self.breaker = policy;
        self
    }

    /// Sets the total time for one request, from name lookup to the last byte of the answer. Default: 5 s.
    ///
    /// ```
    /// # use telemetry_core::Profile;
    /// # use std::time::Duration;
    /// const PROFILE: Profile = Profile::new("shop", "1").request_deadline(Duration::from_secs(2));
    /// ```
    #[must_use]
    pub const fn request_deadline(mut self, deadline: Duration) -> Self {
        assert!(!deadline.is_zero(), "a request needs some time");
        self.request_deadline = deadline;
        self
    }

    /// Sets how long a process that exits waits for delivery, unless the host says otherwise with
    /// [`flush_at_exit`](crate::client::ClientBuilder::flush_at_exit). Default: it does not wait.
    ///
    /// # Panics
    ///
    /// If it is longer than 10 s: no process waits for telemetry for so long. In a constant that is a compile error.
    ///
    /// ```
    /// # use telemetry_core::Profile;
    /// # use std::time::Duration;
    /// const PROFILE: Profile = Profile::new("shop", "1").exit_wait(Duration::from_millis(200));
    /// ```
    #[must_use]
    pub const fn exit_wait(mut self, wait: Duration) -> Self {
        assert!(wait.as_millis() <= 10_000, "an exit waits for at most 10 s");
        self.exit_wait = wait;
        self
    }
}
