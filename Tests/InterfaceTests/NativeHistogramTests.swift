import JSON
import Quantities
import Series
import Testing

@testable import Interface
@testable import Metrics

/// What Prometheus 2.42 with `--enable-feature=native-histograms` answered to a range query of `rate(request_duration_seconds[10s])`,
/// scraped as protobuf from two jobs whose buckets differ from time to time, and to its `histogram_quantile` of their sum.
@Suite struct NativeHistogramTests {
  private let answer = #"""
    {"resultType":"matrix","result":[
    {"metric":{"job_name":"a"},"histograms":[[1795420214,{"count":"40","sum":"2.237849394642598","buckets":[
    [0,"0.015625","0.03125","4.222222222222222"],[0,"0.03125","0.0625","23"],
    [0,"0.0625","0.125","12.444444444444445"],[0,"0.125","0.25","0.33333333333333337"]]}],
    [1795420234,{"count":"40","sum":"2.127495095584927","buckets":[
    [0,"0.0078125","0.015625","0.11111111111111112"],[0,"0.015625","0.03125","5.111111111111112"],
    [0,"0.03125","0.0625","24.111111111111114"],[0,"0.0625","0.125","10.444444444444445"],
    [0,"0.125","0.25","0.22222222222222224"]]}],[1795420254,{"count":"40","sum":"2.2185489594621908","buckets":[
    [0,"0.0078125","0.015625","0.11111111111111112"],[0,"0.015625","0.03125","4.555555555555556"],
    [0,"0.03125","0.0625","22.88888888888889"],[0,"0.0625","0.125","12.111111111111112"],
    [0,"0.125","0.25","0.33333333333333337"]]}]]},
    {"metric":{"job_name":"b"},"histograms":[[1795420214,{"count":"40","sum":"2.2109142411359843","buckets":[
    [0,"0.0078125","0.015625","0.11111111111111112"],[0,"0.015625","0.03125","4.666666666666667"],
    [0,"0.03125","0.0625","23.555555555555557"],[0,"0.0625","0.125","11"],
    [0,"0.125","0.25","0.6666666666666667"]]}],[1795420234,{"count":"40","sum":"2.1054066447755924","buckets":[
    [0,"0.015625","0.03125","5.111111111111112"],[0,"0.03125","0.0625","24.444444444444446"],
    [0,"0.0625","0.125","10.222222222222223"],[0,"0.125","0.25","0.22222222222222224"]]}],
    [1795420254,{"count":"40","sum":"11.751400494472374","buckets":[[0,"0.015625","0.03125","3"],
    [0,"0.03125","0.0625","12"],[0,"0.0625","0.125","4.333333333333334"],[0,"0.125","0.25","1"],
    [0,"0.25","0.5","10.444444444444445"],[0,"0.5","1","8.88888888888889"],[0,"1","2","0.33333333333333337"]]}]]}
    ]}
    """#

  private let quantiles: [(share: Double, values: [Double])] = [
    (0.95, [0.11700236966824645, 0.114247311827957, 0.7937499999999995]),
    (0.5, [0.05205847255369928, 0.05034324942791762, 0.0602109872611465]),
  ]

  @Test func percentilesAreThoseOfTheServer() throws {
    let bytes = Array(answer.utf8)
    let matrix = bytes.withUnsafeBytes { buffer in
      JSONView(buffer).flatMap { PrometheusAnswer.matrix($0, step: .seconds(Int64(20))) }
    }
    let series = try #require(matrix).series
    let buckets = try #require(BucketSums.over(series))
    let heat = try #require(Heat(buckets))
    #expect(heat.total.samples.map { $0.value.rounded() } == [80, 80, 80])
    for (share, values) in quantiles {
      let own = heat.quantile(share).samples.map(\.value)
      #expect(own.count == values.count && zip(own, values).allSatisfy { abs($0 - $1) < 1e-9 })
    }
  }
}
