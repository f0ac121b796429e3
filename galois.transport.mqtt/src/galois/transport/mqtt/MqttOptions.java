package galois.transport.mqtt;

import galois.api.io.StreamOptions;
import galois.api.plan.StreamDefinition;

import org.eclipse.paho.client.mqttv3.MqttConnectOptions;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Options of an MQTT stream, checked.
 *
 * @param url {@code tcp://host[:port]} or {@code ssl://host[:port]}
 * @param topic filter (source) or name (sink)
 * @param qos {@code qos} 0 or 1 (1)
 * @param clientId {@code client_id}; without one: galois-STREAM, made unique if {@code clean}
 * @param clean {@code clean} (true): false asks the broker to keep subscription and messages while
 *     the client is away
 * @param user null: no user
 * @param password may be given as {@code env:NAME}: the value of an environment variable
 * @param flowTopic {@code flow_topic}: where a source tells how many rows were taken; null: nowhere
 * @param inflight messages of a sink that the broker has not acknowledged yet (100)
 * @param retain a sink's messages stay at the broker as the newest value of their topic (false)
 */
record MqttOptions(
        String url,
        String topic,
        int qos,
        String clientId,
        boolean clean,
        String user,
        String password,
        String flowTopic,
        int inflight,
        boolean retain) {
    static final Set<String> KEYS =
            Set.of(
                    "url",
                    "topic",
                    "qos",
                    "client_id",
                    "clean",
                    "user",
                    "password",
                    "flow_topic",
                    "inflight",
                    "retain");

    static final int INFLIGHT_MAX = 10_000;

    private static final int KEEP_ALIVE_S = 60;
    private static final String ENVIRONMENT = "env:";

    /**
     * @param environment variables by name, null if not set
     * @param suffix makes the name of a client unique if nobody has to know it again
     * @throws galois.api.GaloisException STREAM_OPTION
     */
    static MqttOptions of(
            StreamDefinition stream, UnaryOperator<String> environment, String suffix) {
        boolean clean = StreamOptions.flag(stream, "clean", true);
        return new MqttOptions(
                url(stream),
                StreamOptions.require(stream, "topic"),
                StreamOptions.number(stream, "qos", 1, 0, 1),
                clientId(stream, clean, suffix),
                clean,
                stream.option("user", null),
                password(stream, environment),
                topicName(stream, "flow_topic", stream.option("flow_topic", null)),
                StreamOptions.number(stream, "inflight", 100, 1, INFLIGHT_MAX),
                StreamOptions.flag(stream, "retain", false));
    }

    private static String url(StreamDefinition stream) {
        String url = StreamOptions.require(stream, "url");
        try {
            URI uri = new URI(url);
            boolean known = "tcp".equals(uri.getScheme()) || "ssl".equals(uri.getScheme());
            if (known && uri.getHost() != null && uri.getPath().isEmpty()) {
                return url;
            }
        } catch (URISyntaxException e) {
            // said below
        }
        throw StreamOptions.bad(
                stream, "option 'url' is '" + url + "': use tcp://host:port or ssl://host:port");
    }

    /** A persistent session needs a name that is the same next time; others must not collide. */
    private static String clientId(StreamDefinition stream, boolean clean, String suffix) {
        String fallback = "galois-" + stream.name() + (clean ? "-" + suffix : "");
        String id = stream.option("client_id", fallback);
        if (id.isEmpty() || id.matches(".*[+#/\\p{Cntrl}].*")) {
            throw StreamOptions.bad(
                    stream, "option 'client_id' is '" + id + "': it has no '+', '#', '/'");
        }
        return id;
    }

    private static String password(StreamDefinition stream, UnaryOperator<String> environment) {
        String password = stream.option("password", null);
        if (password == null || !password.startsWith(ENVIRONMENT)) {
            return password;
        }
        String name = password.substring(ENVIRONMENT.length());
        String value = environment.apply(name);
        if (value == null) {
            throw StreamOptions.bad(
                    stream, "option 'password' wants environment variable " + name + ": set it");
        }
        return value;
    }

    /** The name of a topic to publish to; null stays null. */
    static String topicName(StreamDefinition stream, String key, String name) {
        try {
            return name == null ? null : TopicFilter.name(name);
        } catch (IllegalArgumentException e) {
            throw StreamOptions.bad(
                    stream, "option '" + key + "' is '" + name + "': " + e.getMessage());
        }
    }

    /** The topic as a filter to subscribe to. */
    TopicFilter filter(StreamDefinition stream) {
        try {
            return TopicFilter.parse(topic);
        } catch (IllegalArgumentException e) {
            throw StreamOptions.bad(stream, "option 'topic' is '" + topic + "': " + e.getMessage());
        }
    }

    /**
     * A sink has no subscription to keep, and a name of its own: two clients of one name would push
     * each other out when a stream is read and written.
     */
    MqttOptions forSink() {
        return new MqttOptions(
                url, topic, qos, clientId + "-out", true, user, password, null, inflight, retain);
    }

    /** What Paho is told. Reconnecting is the business of {@link MqttLink}. */
    MqttConnectOptions connectOptions() {
        MqttConnectOptions options = new MqttConnectOptions();
        options.setMqttVersion(MqttConnectOptions.MQTT_VERSION_3_1_1);
        options.setCleanSession(clean);
        options.setAutomaticReconnect(false);
        options.setKeepAliveInterval(KEEP_ALIVE_S);
        options.setConnectionTimeout((int) (MqttLink.CONNECT_TIMEOUT_MS / 1000));
        options.setMaxInflight(inflight + 100);
        if (user != null) {
            options.setUserName(user);
        }
        if (password != null) {
            options.setPassword(password.toCharArray());
        }
        return options;
    }

    /** Without the password. */
    @Override
    public String toString() {
        return url + " as " + clientId + " for " + topic;
    }
}
