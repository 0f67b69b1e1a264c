package bowline.slf4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bowline.log.CapturedLogs;
import bowline.log.LogEvent;
import bowline.log.LogLevel;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/// LGR-14: a library that people use, HikariCP, knows nothing of us and logs into our log.
class HikariTest {

    @Test
    void whatHikariSaysArrives() {
        try (var logs = CapturedLogs.open()) {
            var config = new HikariConfig();
            config.setPoolName("poems");
            config.setDataSource(brokenDatabase());

            assertThatThrownBy(() -> new HikariDataSource(config).close())
                    .isInstanceOf(HikariPool.PoolInitializationException.class);

            List<LogEvent> events = logs.events().stream()
                    .filter(event -> event.namespace().startsWith("com.zaxxer.hikari"))
                    .toList();
            assertThat(events).extracting(LogEvent::text).contains("poems - Starting...");
            assertThat(events).anySatisfy(event -> {
                assertThat(event.text()).isEqualTo("poems - Cannot acquire connection from data source");
                assertThat(event.level()).isEqualTo(LogLevel.DEBUG);
                assertThat(event.failure()).isNotNull();
                assertThat(event.failure().message()).isEqualTo("the database is closed today");
            });
        }
    }

    /// A data source that refuses every connection.
    private static DataSource brokenDatabase() {
        return (DataSource) Proxy.newProxyInstance(
                HikariTest.class.getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("getConnection")) {
                        throw new SQLException("the database is closed today");
                    }
                    return switch (method.getName()) {
                        case "toString" -> "broken database";
                        case "hashCode" -> System.identityHashCode(proxy);
                        case "equals" -> proxy == arguments[0];
                        case "getLoginTimeout" -> 0;
                        default -> null;
                    };
                });
    }
}
