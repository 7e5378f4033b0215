//! A few CPUs and one queue, one tick after the other.

/// Guesses are counted in millionths of a tick, which is what the machine's nanoseconds are here.
const MILLION: u64 = 1_000_000;

/// What there is to do, and by which rule.
#[derive(Clone, Debug)]
pub(crate) struct Workload {
    pub(crate) jobs: Vec<Job>,
    pub(crate) cpus: usize,
    pub(crate) rule: Rule,
    /// A task whose slice ends queues before the arrivals of the same instant.
    pub(crate) preempted_first: bool,
    /// Equal lengths go by the job's number, not by the order of the queue.
    pub(crate) ties_by_number: bool,
    /// All I/O goes to one disk, one request at a time.
    pub(crate) shared_disk: bool,
    /// The timer's period; none for one that fires exactly when it is needed.
    pub(crate) timer: Option<u64>,
}

#[derive(Clone, Debug)]
pub(crate) struct Job {
    pub(crate) at: u64,
    pub(crate) priority: u32,
    pub(crate) bursts: Vec<Burst>,
}

/// Computing, and the I/O that follows unless it is the last.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Burst {
    pub(crate) cpu: u64,
    pub(crate) io: u64,
}

#[derive(Clone, Debug)]
pub(crate) enum Rule {
    Fifo,
    Sjf {
        length: Length,
    },
    Stcf {
        length: Length,
        newcomer: bool,
    },
    Rr {
        quantum: u64,
    },
    /// Aging: after every so many ticks of waiting, so many steps better.
    Priority {
        preemptive: bool,
        quantum: Option<u64>,
        aging: Option<(u64, u32)>,
    },
    /// Levels: quantum, and how many of them make the allotment.
    Mlfq {
        levels: Vec<(u64, u64)>,
        boost: Option<u64>,
        per_slice: bool,
    },
}

/// What "short" measures.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Length {
    /// The present burst.
    Burst,
    /// All bursts to come.
    Job,
    /// A guess, so many ticks at first, in which the last burst has a weight of so many per cent.
    Guess { initial: u64, alpha: u64 },
}

/// What is known of a job at some tick.
#[derive(Clone, Debug)]
struct Progress {
    /// CPU ticks left of each burst, the present one first.
    bursts: Vec<Burst>,
    blocked_until: Option<u64>,
    /// How long the device works on its request.
    io: u64,
    /// Ticks that the present burst has run.
    run: u64,
    /// The guess at the present burst, in millionths of a tick.
    guess: u64,
    ready_since: u64,
    running_since: u64,
    priority: u32,
    level: usize,
    /// Ticks on the CPU at this level (accounting).
    used: u64,
    /// Ticks of this slice.
    slice_used: u64,
    /// Whole slices at this level (per slice).
    slices_used: u64,
}

/// Who runs in each tick on each CPU, and at which level.
pub(crate) type Schedule = Vec<Vec<Option<(u32, u8)>>>;

/// The schedule until all is done.
pub(crate) fn run(workload: &Workload) -> Schedule {
    let mut it = Ticker {
        workload,
        now: 0,
        jobs: Vec::new(),
        queue: Vec::new(),
        requests: Vec::new(),
        running: vec![None; workload.cpus],
    };
    for job in &workload.jobs {
        it.jobs.push(Progress {
            bursts: job.bursts.clone(),
            blocked_until: None,
            io: 0,
            run: 0,
            guess: match workload.rule {
                Rule::Sjf { length: Length::Guess { initial, .. } }
                | Rule::Stcf { length: Length::Guess { initial, .. }, .. } => initial * MILLION,
                _ => 0,
            },
            ready_since: 0,
            running_since: 0,
            priority: job.priority,
            level: 0,
            used: 0,
            slice_used: 0,
            slices_used: 0,
        });
    }
    let mut schedule = Vec::new();
    loop {
        it.instant();
        if it.jobs.iter().all(|job| job.bursts.is_empty()) {
            return schedule;
        }
        let shown = |job: &Option<usize>| job.map(|job| (job as u32, it.jobs[job].level as u8));
        schedule.push(it.running.iter().map(shown).collect());
        for job in it.running.iter().copied().flatten() {
            it.jobs[job].bursts[0].cpu -= 1;
            it.jobs[job].run += 1;
            it.jobs[job].used += 1;
            it.jobs[job].slice_used += 1;
        }
        it.now += 1;
    }
}

struct Ticker<'a> {
    workload: &'a Workload,
    now: u64,
    jobs: Vec<Progress>,
    /// Who is ready, in the order of queueing.
    queue: Vec<usize>,
    /// Who waits for I/O, in the order of the requests.
    requests: Vec<usize>,
    /// By CPU.
    running: Vec<Option<usize>>,
}

impl Ticker<'_> {
    fn instant(&mut self) {
        (0..self.workload.cpus).for_each(|cpu| self.end_of_burst(cpu));
        if self.workload.preempted_first {
            (0..self.workload.cpus).for_each(|cpu| self.end_of_slice(cpu));
        }
        self.completions();
        self.arrivals();
        if !self.workload.preempted_first {
            (0..self.workload.cpus).for_each(|cpu| self.end_of_slice(cpu));
        }
        self.clockwork();
        while self.choose() {}
    }

    fn end_of_burst(&mut self, cpu: usize) {
        let Some(job) = self.running[cpu].filter(|job| self.jobs[*job].bursts[0].cpu == 0) else { return };
        self.running[cpu] = None;
        let burst = self.jobs[job].bursts.remove(0);
        if self.jobs[job].bursts.is_empty() {
            return;
        }
        self.jobs[job].io = burst.io;
        self.requests.push(job);
        if !self.workload.shared_disk || self.requests.len() == 1 {
            self.jobs[job].blocked_until = Some(self.now + burst.io);
        }
        self.gave_up(job);
    }

    /// What blocking means to a feedback queue, to a guess, and to a priority that age has improved.
    fn gave_up(&mut self, job: usize) {
        self.jobs[job].priority = self.workload.jobs[job].priority;
        let run = std::mem::take(&mut self.jobs[job].run);
        if let Rule::Sjf { length: Length::Guess { alpha, .. } }
        | Rule::Stcf { length: Length::Guess { alpha, .. }, .. } = self.workload.rule
        {
            let guess = &mut self.jobs[job].guess;
            *guess = (run * MILLION * alpha + *guess * (100 - alpha)) / 100;
        }
        let Rule::Mlfq { levels, per_slice, .. } = &self.workload.rule else { return };
        let it = &mut self.jobs[job];
        let (quantum, slices) = levels[it.level];
        if *per_slice {
            it.slices_used = u64::from(it.slice_used == quantum);
            it.slice_used = 0;
            if it.slices_used == slices {
                self.fall(job);
            }
        } else if it.used == quantum * slices {
            self.fall(job);
        }
    }

    fn fall(&mut self, job: usize) {
        let Rule::Mlfq { levels, .. } = &self.workload.rule else { return };
        let it = &mut self.jobs[job];
        it.level = (it.level + 1).min(levels.len() - 1);
        (it.used, it.slice_used, it.slices_used) = (0, 0, 0);
    }

    fn completions(&mut self) {
        let now = self.now;
        for job in self.requests.clone() {
            if self.jobs[job].blocked_until.is_some_and(|until| until == now) {
                self.requests.retain(|other| *other != job);
                self.jobs[job].blocked_until = None;
                self.enqueue(job);
                if let Some(&next) = self.requests.first().filter(|_| self.workload.shared_disk) {
                    self.jobs[next].blocked_until = Some(now + self.jobs[next].io);
                }
            }
        }
    }

    fn arrivals(&mut self) {
        for job in 0..self.jobs.len() {
            if self.workload.jobs[job].at == self.now {
                self.enqueue(job);
            }
        }
    }

    fn enqueue(&mut self, job: usize) {
        self.jobs[job].ready_since = self.now;
        self.queue.push(job);
    }

    fn end_of_slice(&mut self, cpu: usize) {
        let Some(job) = self.running[cpu] else { return };
        let it = &self.jobs[job];
        let over = match &self.workload.rule {
            Rule::Rr { quantum } | Rule::Priority { quantum: Some(quantum), .. } => it.slice_used == *quantum,
            Rule::Mlfq { levels, per_slice: true, .. } => it.slice_used == levels[it.level].0,
            Rule::Mlfq { levels, per_slice: false, .. } => {
                it.used > 0 && it.used.is_multiple_of(levels[it.level].0)
            }
            _ => false,
        };
        if !over {
            return;
        }
        self.jobs[job].slice_used = 0;
        self.jobs[job].priority = self.workload.jobs[job].priority;
        if let Rule::Mlfq { levels, per_slice, .. } = &self.workload.rule {
            let it = &mut self.jobs[job];
            let (quantum, slices) = levels[it.level];
            it.slices_used += 1;
            if (*per_slice && it.slices_used == slices) || (!per_slice && it.used == quantum * slices) {
                self.fall(job);
            }
        }
        self.running[cpu] = None;
        self.enqueue(job);
    }

    fn clockwork(&mut self) {
        match &self.workload.rule {
            Rule::Mlfq { boost: Some(every), .. } if self.now > 0 && self.now.is_multiple_of(*every) => {
                self.queue.sort_by_key(|job| self.jobs[*job].level);
                for job in &mut self.jobs {
                    (job.level, job.used, job.slice_used, job.slices_used) = (0, 0, 0, 0);
                }
            }
            Rule::Priority { aging: Some((every, step)), .. } => {
                for job in self.queue.clone() {
                    let waited = self.now - self.jobs[job].ready_since;
                    if waited > 0 && waited.is_multiple_of(*every) {
                        self.jobs[job].priority = self.jobs[job].priority.saturating_sub(*step);
                    }
                }
            }
            _ => {}
        }
    }

    /// The smaller, the better; nothing for a rule that only looks at the queue.
    fn key(&self, job: usize) -> u64 {
        let it = &self.jobs[job];
        match self.workload.rule {
            Rule::Fifo | Rule::Rr { .. } => 0,
            Rule::Sjf { length } | Rule::Stcf { length, .. } => match length {
                Length::Burst => it.bursts[0].cpu,
                Length::Job => it.bursts.iter().map(|burst| burst.cpu).sum(),
                Length::Guess { .. } if matches!(self.workload.rule, Rule::Sjf { .. }) => it.guess,
                Length::Guess { .. } => it.guess.saturating_sub(it.run * MILLION),
            },
            Rule::Priority { .. } => it.priority.into(),
            Rule::Mlfq { .. } => it.level as u64,
        }
    }

    /// Gives a free CPU to the best, or the CPU of the worst. Says whether there was a reason to.
    fn choose(&mut self) -> bool {
        let number = |job: &usize| if self.workload.ties_by_number { *job } else { 0 };
        let best = self.queue.iter().copied().min_by_key(|job| (self.key(*job), number(job)));
        let Some(best) = best else { return false };
        let free = self.running.iter().position(Option::is_none);
        let worst = || (0..self.workload.cpus).max_by_key(|cpu| self.running[*cpu].map(|job| self.key(job)));
        let cpu = free.or_else(worst).expect("there is a CPU");
        if let Some(running) = self.running[cpu] {
            if !self.preempts(best, running) {
                return false;
            }
            self.jobs[running].ready_since = self.now;
            self.jobs[running].priority = self.workload.jobs[running].priority;
            match self.workload.rule {
                Rule::Mlfq { .. } => self.queue.insert(0, running),
                _ => self.queue.push(running),
            }
        }
        self.queue.retain(|job| *job != best);
        self.running[cpu] = Some(best);
        self.jobs[best].running_since = self.now;
        if !matches!(self.workload.rule, Rule::Mlfq { .. }) {
            self.jobs[best].slice_used = 0;
        }
        true
    }

    fn preempts(&self, best: usize, running: usize) -> bool {
        let better = self.key(best) < self.key(running);
        let equal = self.key(best) == self.key(running);
        let is_new = self.jobs[best].ready_since == self.now && self.jobs[running].running_since < self.now;
        match self.workload.rule {
            Rule::Stcf { newcomer, .. } => better || (newcomer && equal && is_new),
            Rule::Priority { preemptive, .. } => preemptive && better,
            Rule::Mlfq { .. } => better,
            _ => false,
        }
    }
}
