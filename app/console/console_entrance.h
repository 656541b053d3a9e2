#pragma once
// What becomes of those who come to a console that runs, and of the address that it was itself started with. Main thread.

#include "app/console/console_door.h"
#include "app/console/console_program.h"

namespace fb {

class ConsoleEntrance : public QObject
{
    Q_OBJECT
public:
    ConsoleEntrance(ConsoleProgram &program, ConsoleDoor &door);

    QString open(const ConsoleDoor::Visit &visit); // why not; empty: done, or as soon as the console is ready

private:
    void comeToFront(const QString &token);

    ConsoleProgram &m_program;
    QString m_wanted; // until there is a console
};

}
