package galois.transport.mqtt;

import org.eclipse.paho.client.mqttv3.MqttException;

/** Says in one line why a broker cannot be used and what to do. */
final class MqttFailure {
    private MqttFailure() {}

    static String text(MqttOptions options, MqttException e) {
        String broker = "MQTT broker " + options.url();
        return switch (e.getReasonCode()) {
            case MqttException.REASON_CODE_FAILED_AUTHENTICATION,
                    MqttException.REASON_CODE_NOT_AUTHORIZED ->
                    broker + " refuses the client: check the options 'user' and 'password'";
            case MqttException.REASON_CODE_INVALID_CLIENT_ID ->
                    broker + " refuses the name " + options.clientId() + ": set 'client_id'";
            case MqttException.REASON_CODE_SUBSCRIBE_FAILED ->
                    broker + " refuses topic '" + options.topic() + "': check the user's rights";
            case MqttException.REASON_CODE_CLIENT_TIMEOUT ->
                    broker + " does not answer: is something else listening there?";
            default -> broker + " cannot be reached (" + cause(e) + "): start it or check 'url'";
        };
    }

    private static String cause(MqttException e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }
}
