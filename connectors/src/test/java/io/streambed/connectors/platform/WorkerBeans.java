/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.platform;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** What a worker tells by JMX, read from outside of its process. For one thread. */
public final class WorkerBeans implements AutoCloseable {

  private final JMXConnector connector;

  private WorkerBeans(JMXConnector connector) {
    this.connector = connector;
  }

  /** Has the JVM of a process open its JMX to processes of this machine. */
  @SuppressWarnings("BanJNDI") // The address is the one that this JVM has just given.
  static WorkerBeans of(long pid) throws IOException {
    try {
      VirtualMachine machine = VirtualMachine.attach(Long.toString(pid));
      try {
        return new WorkerBeans(
            JMXConnectorFactory.connect(new JMXServiceURL(machine.startLocalManagementAgent())));
      } finally {
        machine.detach();
      }
    } catch (AttachNotSupportedException e) {
      throw new IOException(e);
    }
  }

  /**
   * Beans of plugins of a connector, by their full names.
   *
   * @return attributes with their values
   */
  public Map<String, Map<String, Object>> plugins(String connectorName)
      throws IOException, JMException {
    MBeanServerConnection server = connector.getMBeanServerConnection();
    Map<String, Map<String, Object>> beans = new TreeMap<>();
    for (ObjectName bean : names(server, connectorName)) {
      Map<String, Object> values = new TreeMap<>();
      for (MBeanAttributeInfo attribute : server.getMBeanInfo(bean).getAttributes()) {
        values.put(attribute.getName(), server.getAttribute(bean, attribute.getName()));
      }
      beans.put(bean.toString(), values);
    }
    return beans;
  }

  /** The same beans' attributes with what is said of them. */
  public Map<String, String> descriptions(String connectorName) throws IOException, JMException {
    MBeanServerConnection server = connector.getMBeanServerConnection();
    Map<String, String> descriptions = new HashMap<>();
    for (ObjectName bean : names(server, connectorName)) {
      for (MBeanAttributeInfo attribute : server.getMBeanInfo(bean).getAttributes()) {
        descriptions.put(attribute.getName(), attribute.getDescription());
      }
    }
    return descriptions;
  }

  private static Iterable<ObjectName> names(MBeanServerConnection server, String connectorName)
      throws IOException, JMException {
    return server.queryNames(
        new ObjectName("kafka.connect:type=plugins,connector=" + connectorName + ",*"), null);
  }

  @Override
  public void close() throws IOException {
    connector.close();
  }
}
