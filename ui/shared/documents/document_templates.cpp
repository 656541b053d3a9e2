#include "ui/shared/documents/document_templates.h"

namespace fb {

QString documentTemplate(const QString &type, const QString &format)
{
    const bool isJson = format == u"JSON";
    if (type == u"Command" && !isJson)
        return QStringLiteral(R"(schemaVersion: "2.2"
description: Says hello
parameters:
  who:
    type: String
    description: Whom to greet
    default: world
mainSteps:
  - action: aws:runShellScript
    name: hello
    inputs:
      runCommand:
        - echo "hello {{ who }}"
)");
    if (type == u"Command")
        return QStringLiteral(R"({
  "schemaVersion": "2.2",
  "description": "Says hello",
  "parameters": {
    "who": {
      "type": "String",
      "description": "Whom to greet",
      "default": "world"
    }
  },
  "mainSteps": [
    {
      "action": "aws:runShellScript",
      "name": "hello",
      "inputs": {
        "runCommand": ["echo \"hello {{ who }}\""]
      }
    }
  ]
}
)");
    if (type == u"Session" && !isJson)
        return QStringLiteral(R"(schemaVersion: "1.0"
description: A shell for operators
sessionType: Standard_Stream
inputs:
  idleSessionTimeout: "20"
)");
    if (type == u"Session")
        return QStringLiteral(R"({
  "schemaVersion": "1.0",
  "description": "A shell for operators",
  "sessionType": "Standard_Stream",
  "inputs": {
    "idleSessionTimeout": "20"
  }
}
)");
    return {};
}

}
