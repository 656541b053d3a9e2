#pragma once
// A line for a port. Ui thread.

#include <QLineEdit>

#include <optional>

namespace fb {

class PortLine : public QLineEdit
{
    Q_OBJECT
public:
    using QLineEdit::QLineEdit;

    std::optional<int> port() const; // 1 to 65535
    std::optional<int> portOrNone() const; // 0 for an empty line too
};

}
