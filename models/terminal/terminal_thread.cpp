#include "models/terminal/terminal_thread.h"

namespace fb {

using namespace Qt::StringLiterals;

TerminalThread::TerminalThread()
{
    m_thread.setObjectName(u"terminals"_s);
    m_thread.start();
}

TerminalThread::~TerminalThread()
{
    m_thread.quit();
    m_thread.wait();
}

}
