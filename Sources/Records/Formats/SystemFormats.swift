/// Logs of operating systems: packages, traces of system calls, devices, virtual machines.
enum SystemFormats {
  static let all = [
    dpkg, aptHistory, pacman, strace, logcatThreadtime, logcatTime, logcatLong, glog, capnslog, cbs, vmx,
    journalMonotonic, clusterSyslog, clusterEvents,
  ]

  static let dpkg = LineFormat(
    "dpkg", "dpkg.log", source: "dpkg(1), option --log",
    [
      "{time} {action:|status|} {state} {package} {version}",
      "{time} {action:install|upgrade|configure|remove|purge|trigproc|disappear} {package} {old_version} {version}",
      "{time} {action:|startup|} {type:archives|packages} {command}",
      "{time} {action:|conffile|} {filename:text} {decision:install|keep}",
    ])

  static let aptHistory = LineFormat(
    "apt-history", "apt's history.log and term.log", source: "apt, apt-pkg/deb/dpkgpm.cc, OpenLog",
    ["Start-Date: {time}", "Log started: {time}", "Log ended: {time}"],
    further: [
      "Commandline: {command:text}", "Requested-By: {user} ({uid:number})", "Install: {installed:text}",
      "Upgrade: {upgraded:text}", "Remove: {removed:text}", "Purge: {purged:text}", "Downgrade: {downgraded:text}",
      "Error: {error:text}",
    ])

  static let pacman = LineFormat(
    "pacman", "pacman.log", source: "pacman(8); lib/libalpm/log.c",
    [
      "[{time}] [ALPM] {message:here}{action:installed|upgraded|removed|reinstalled|downgraded} {package} ({version:text})",
      "[{time}] [{caller:ALPM|ALPM-SCRIPTLET|PACMAN}] {message}",
    ])

  /// `read(3, "x", 1) = 1 <0.000012>`, and the call's parts when another process came between.
  private static let calls = [
    "{message:here}{syscall:name}({arguments:text}) = {result}{? {errno:name} ({error:text})}{? ({:text})}{? <{duration:number}>}",
    "{message:here}{syscall:name}({arguments:text} <unfinished ...>",
    "{message:here}<... {syscall:name} resumed>{arguments:text}) = {result}{? {errno:name} ({error:text})}{? ({:text})}"
      + "{? <{duration:number}>}",
    "--- {message:here}{signal:name} {:text} ---", "+++ {message:text} +++",
  ]

  static let strace = LineFormat(
    "strace", "System calls as strace writes them", source: "strace(1), options -f, -t, -ttt and -T",
    units: ["duration": .s],
    ["{?[pid {pid:number}] }{time} ", "{pid:number} {time} ", "{?[pid {pid:number}] }"].flatMap { start in
      calls.map { start + $0 }
    })

  private static let priorities = "{:V|D|I|W|E|F|A}"

  static let logcatThreadtime = LineFormat(
    "logcat", "Android's logcat -v threadtime", source: "Android Studio documentation, logcat command-line tool",
    [
      "{time} {?{uid} }{pid:number} {tid:number} \(priorities) {tag:text}{? }: {message}",
      "--------- {message}",
    ])

  static let logcatTime = LineFormat(
    "logcat-time", "Android's logcat -v time, -v brief and -v tag",
    source: "Android Studio documentation, logcat command-line tool",
    ["{?{time} }\(priorities)/{tag:text}{? }({? }{pid:number}): {message}"])

  static let logcatLong = LineFormat(
    "logcat-long", "Android's logcat -v long", source: "Android Studio documentation, logcat command-line tool",
    ["[ {time} {pid:number}:{? }{tid} \(priorities)/{tag:text} ]"])

  static let glog = LineFormat(
    "glog", "glog and klog: Kubernetes and others", source: "k8s.io/klog, doc.go; google/glog, src/logging.cc",
    ["{time} {tid:number} {code.file}:{code.line:number}] {message}"])

  static let capnslog = LineFormat(
    "capnslog", "etcd before 3.4 and other programs of CoreOS", source: "github.com/coreos/pkg, capnslog/formatters.go",
    ["{time} {:C|E|W|N|I|D|T} | {package:name}: {message}"])

  static let cbs = LineFormat(
    "windows-cbs", "Windows' CBS.log and DISM's log", source: "Microsoft, Log files of Windows servicing (CBS.log)",
    ["{time}, {level} {component:name} {message}"])

  static let vmx = LineFormat(
    "vmware", "vmware.log of a virtual machine", source: "VMware, Interpreting vmware.log",
    [
      "{time}| {thread:text}| {:I|W|E|A}{:number}: {message}",
      "{time} {:In|Wa|Er|No|Db|Al}({:number}) {?+}{? }{thread:text} - {message}",
    ])

  static let journalMonotonic = LineFormat(
    "journal-monotonic", "journalctl -o short-monotonic, short-delta: seconds since the start of the system",
    source: "systemd, src/shared/logs-show.c, output_timestamp_monotonic", units: ["uptime": .s],
    [
      "[{? }{uptime:number}{? <{:text}>}] {host:host} {program:text}[{pid:number}]: {message}",
      "[{? }{uptime:number}{? <{:text}>}] {host:host} {program:kernel|systemd}: {message}",
    ])

  static let clusterSyslog = LineFormat(
    "cluster-syslog", "syslog that a cluster's collector marked with alerts and the time in seconds",
    source: "USENIX Computer Failure Data Repository, HPC4; Oliner and Stearley, What Supercomputers Say (2007)",
    [
      "{alert} {time} {} {host} {:time} {location} {program:text}[{pid:number}]: {message}",
      "{alert} {time} {} {host} {:time} {location} {?{program:name}: }{message}",
    ])

  static let clusterEvents = LineFormat(
    "cluster-events", "Events of a cluster: number, node, component, state, time and flag",
    source: "Los Alamos National Laboratory, Operational Data to Support and Enable Computer Science Research",
    ["{event:number} {host} {component:name} {state:name} {time} {flag:number} {message}"])
}
