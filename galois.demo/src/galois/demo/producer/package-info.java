/** A device that publishes rows to an MQTT broker, as fast as asked and never faster than taken. */
package galois.demo.producer;
