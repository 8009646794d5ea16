/// What kernels and packet filters write to syslog.
enum KernelMessages {
  static let all = [kernel, filterlog]

  static let kernel = LineFormat(
    "kernel", "Linux: the time since it started; packets of iptables and nftables as pairs",
    source: "Linux, kernel/printk/printk.c",
    programs: ["kernel"], units: ["uptime": .s],
    ["[{? }{uptime:number}] {message}"])

  private static let start =
    "{rule:number},{subrule:text},{anchor:text},{tracker:text},{interface},{reason},{action:name},{direction:in|out|in/out},"

  static let filterlog = LineFormat(
    "filterlog", "pf through filterlog: pfSense and OPNsense", source: "Netgate documentation, Raw Filter Log Format",
    programs: ["filterlog"],
    [
      start + "4,{tos:text},{ecn:text},{ttl:number},{id:number},{offset:number},{flags:text},{:number},{protocol:name},"
        + "{length:number},{client:ip},{server:ip},{client_port:number},{server_port:number},{:text}",
      start + "4,{tos:text},{ecn:text},{ttl:number},{id:number},{offset:number},{flags:text},{:number},{protocol:name},"
        + "{length:number},{client:ip},{server:ip}{?,{:text}}",
      start + "6,{:text},{:text},{ttl:number},{protocol:name},{:number},{length:number},{client:ip},{server:ip},"
        + "{client_port:number},{server_port:number},{:text}",
      start
        + "6,{:text},{:text},{ttl:number},{protocol:name},{:number},{length:number},{client:ip},{server:ip}{?,{:text}}",
    ])
}
