"""All registers, in the order in which they are read."""

from consumers.registers import case_registers, work_registers
from consumers.registers.columns import Register

#: What a row refers to stands in an earlier register.
REGISTERS: tuple[Register, ...] = (
    work_registers.ORGANS,
    work_registers.UNITS,
    work_registers.PERSONS,
    work_registers.ARCHIVE,
    case_registers.PETITIONS,
    work_registers.ROUNDS,
    work_registers.PROBLEMS,
    work_registers.WORK_SUGGESTIONS,
    case_registers.LEADS,
    case_registers.HANDLINGS,
    case_registers.CASES,
    case_registers.DISPOSITIONS,
    case_registers.SANCTIONS,
    work_registers.RECOMMENDATIONS,
    work_registers.CHECKS,
    work_registers.MATTERS,
    case_registers.CORRECTIONS,
)

BY_TITLE: dict[str, Register] = {register.title: register for register in REGISTERS}
