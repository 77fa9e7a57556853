npx tsx -e 'import {buildAll} from "./scripts/build-all"; void buildAll({rootDir: process.cwd(), miniProgram: null, desk: true, log: console.log})'
CHROME_PATH=/usr/bin/chromium npx jest tests/journeys/console.test.ts --selectProjects journeys
npx jest server/routes/enterprise.test.ts server/routes/member.test.ts server/routes/administration.test.ts --selectProjects server
