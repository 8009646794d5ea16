public import Quantities

/// Alerts and exemplars, which are asked for beside the panels.
extension MetricsHub {
  /// Finds the alerts that fired in `view`, of all sources; answers once, on a worker thread, with them and with why some
  /// may be missing.
  public func findAlerts(
    in view: ClosedRange<Timestamp>, columns: Int, answer: @escaping @Sendable ([Alert], _ problem: String?) -> Void
  ) {
    onWorker { sources, cancellation, now in
      var alerts: [Alert] = []
      var problem: String?
      for source in sources {
        do throws(MetricError) {
          alerts += try source.alerts(in: view, columns: columns, now: now, cancellation: cancellation)
        } catch {
          problem = "\(source.name): \(error.reason)"
        }
      }
      answer(alerts, problem)
    }
  }

  /// Finds the exemplars of what an expression reads in `view`; answers once, on a worker thread, with them in order of time
  /// and with why there are none.
  public func findExemplars(
    of expression: String, source name: String?, in view: ClosedRange<Timestamp>,
    answer: @escaping @Sendable ([Exemplar], _ problem: String?) -> Void
  ) {
    onWorker(source: name) { sources, cancellation, _ in
      guard let source = sources.first else { return answer([], nil) }
      do throws(MetricError) {
        answer(try source.exemplars(of: expression, in: view, cancellation: cancellation), nil)
      } catch {
        answer([], error.reason)
      }
    }
  }
}
