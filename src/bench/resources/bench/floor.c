/* The least that a custom handler can be: answers every request on 127.0.0.1 with an empty object. */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

static const char ANSWER[] =
    "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n"
    "Connection: close\r\n\r\n{}";

int main(void) {
  const char *port = getenv("FUNCTIONS_CUSTOMHANDLER_PORT");
  int on = 1;
  int listener = socket(AF_INET, SOCK_STREAM, 0);
  struct sockaddr_in address = {0};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons((unsigned short)atoi(port ? port : "8080"));
  setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  if (bind(listener, (struct sockaddr *)&address, sizeof address) || listen(listener, 16)) {
    return 1;
  }
  for (;;) {
    char request[4096];
    int connection = accept(listener, NULL, NULL);
    if (connection >= 0) {
      if (read(connection, request, sizeof request) > 0 &&
          write(connection, ANSWER, sizeof ANSWER - 1) < 0) {
        /* the client has gone */
      }
      close(connection);
    }
  }
}
