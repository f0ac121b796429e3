package galois.broker;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.MqttCallback;
import org.eclipse.paho.client.mqttv3.MqttMessage;

import java.util.Queue;

/** Puts the text of messages into a queue. */
record Received(Queue<String> texts) implements MqttCallback {
    @Override
    public void connectionLost(Throwable cause) {
        texts.add("lost");
    }

    @Override
    public void messageArrived(String topic, MqttMessage message) {
        texts.add(new String(message.getPayload(), UTF_8));
    }

    @Override
    public void deliveryComplete(IMqttDeliveryToken token) {
        // not interesting
    }
}
