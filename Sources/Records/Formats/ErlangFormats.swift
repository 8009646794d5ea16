/// Logs of servers written in Erlang and Elixir.
enum ErlangFormats {
  static let all = [ejabberd, rabbitmq]

  static let rabbitmq = LineFormat(
    "rabbitmq", "RabbitMQ 3.7 and later", source: "RabbitMQ documentation, Logging",
    ["{time} [{level}] <{pid:longest}> {message}"])

  static let ejabberd = LineFormat(
    "ejabberd", "ejabberd", source: "ejabberd, src/ejabberd_logger.erl",
    [
      "{time} [{level}] <{pid}>@{code.function:name}/{:number}:{code.line:number} {message}",
      "{time} [{level}] <{pid}>@{code.function:name}:{code.line:number} {message}",
    ])
}
